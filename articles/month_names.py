"""Month names, weekday names and the words of relative dates, as data: one table a language.

Names stand in lower case without a closing full stop; a language lists, for each of its twelve
months, every spelling that pages use (nominative, genitive, abbreviations). Adding a language is
adding a row. `dates` is the one reader.
"""

from __future__ import annotations

MONTHS: dict[str, str] = {
    "en": "january jan|february feb|march mar|april apr|may|june jun|july jul|august aug|"
    "september sept sep|october oct|november nov|december dec",
    "id": "januari jan|februari feb pebruari|maret mar|april apr|mei|juni jun|juli jul|"
    "agustus agu agt ags|september sep|oktober okt|november nov nopember|desember des",
    "ms": "januari jan|februari feb|mac|april apr|mei|jun|julai jul|ogos ogo|september sep|"
    "oktober okt|november nov|disember dis",
    "fil": "enero ene|pebrero peb|marso mar|abril abr|mayo|hunyo hun|hulyo hul|agosto ago|"
    "setyembre set|oktubre okt|nobyembre nob|disyembre dis",
    "es": "enero ene|febrero feb|marzo mar|abril abr|mayo may|junio jun|julio jul|agosto ago|"
    "septiembre setiembre sep sept set|octubre oct|noviembre nov|diciembre dic",
    "pt": "janeiro jan|fevereiro fev|março mar marco|abril abr|maio mai|junho jun|julho jul|"
    "agosto ago|setembro set|outubro out|novembro nov|dezembro dez",
    "fr": "janvier janv jan|février févr fév fevrier|mars|avril avr|mai|juin|juillet juil|"
    "août aout|septembre sept sep|octobre oct|novembre nov|décembre déc decembre",
    "de": "januar jan jänner jän|februar feb feber|märz mär mrz maerz|april apr|mai|juni jun|"
    "juli jul|august aug|september sept sep|oktober okt|november nov|dezember dez",
    "it": "gennaio gen|febbraio feb|marzo mar|aprile apr|maggio mag|giugno giu|luglio lug|"
    "agosto ago|settembre set sett|ottobre ott|novembre nov|dicembre dic",
    "nl": "januari jan|februari feb|maart mrt|april apr|mei|juni jun|juli jul|augustus aug|"
    "september sep sept|oktober okt|november nov|december dec",
    "pl": "stycznia styczeń sty|lutego luty lut|marca marzec mar|kwietnia kwiecień kwi|"
    "maja maj|czerwca czerwiec cze|lipca lipiec lip|sierpnia sierpień sie|"
    "września wrzesień wrz|października październik paź|listopada listopad lis|"
    "grudnia grudzień gru",
    "ru": "января январь янв|февраля февраль фев февр|марта март мар|апреля апрель апр|"
    "мая май|июня июнь июн|июля июль июл|августа август авг|сентября сентябрь сен сент|"
    "октября октябрь окт|ноября ноябрь ноя нояб|декабря декабрь дек",
    "tr": "ocak oca|şubat şub|mart mar|nisan nis|mayıs may|haziran haz|temmuz tem|"
    "ağustos ağu|eylül eyl|ekim eki|kasım kas|aralık ara",
    "el": "ιανουαρίου ιανουάριος ιαν|φεβρουαρίου φεβρουάριος φεβ φεβρ|μαρτίου μάρτιος μαρ μάρ|"
    "απριλίου απρίλιος απρ|μαΐου μάιος μάι μαϊ μαίου|ιουνίου ιούνιος ιουν ιούν|"
    "ιουλίου ιούλιος ιουλ ιούλ|αυγούστου αύγουστος αυγ αύγ|σεπτεμβρίου σεπτέμβριος σεπ σεπτ|"
    "οκτωβρίου οκτώβριος οκτ|νοεμβρίου νοέμβριος νοε νοέ|δεκεμβρίου δεκέμβριος δεκ",
    "ro": "ianuarie ian|februarie feb|martie mar|aprilie apr|mai|iunie iun|iulie iul|"
    "august aug|septembrie sept sep|octombrie oct|noiembrie nov noi|decembrie dec",
    "ca": "gener gen|febrer febr|març|abril abr|maig|juny|juliol jul|agost ag|setembre set|"
    "octubre oct|novembre nov|desembre des",
    "uz": "yanvar|fevral|mart|aprel|may|iyun|iyul|avgust|sentyabr sentabr|oktyabr oktabr|noyabr|"
    "dekabr",
    "th": "มกราคม ม.ค|กุมภาพันธ์ ก.พ|มีนาคม มี.ค|เมษายน เม.ย|พฤษภาคม พ.ค|มิถุนายน มิ.ย|"
    "กรกฎาคม ก.ค|สิงหาคม ส.ค|กันยายน ก.ย|ตุลาคม ต.ค|พฤศจิกายน พ.ย|ธันวาคม ธ.ค",
    "km": "មករា|កុម្ភៈ|មីនា|មេសា|ឧសភា|មិថុនា|កក្កដា|សីហា|កញ្ញា|តុលា|វិច្ឆិកា|ធ្នូ",
    "my": "ဇန်နဝါရီ|ဖေဖော်ဝါရီ|မတ်|ဧပြီ|မေ|ဇွန်|ဇူလိုင်|ဩဂုတ် သြဂုတ်|စက်တင်ဘာ|အောက်တိုဘာ|နိုဝင်ဘာ|ဒီဇင်ဘာ",
    "hi": "जनवरी जन|फरवरी फ़रवरी फर|मार्च|अप्रैल|मई|जून|जुलाई|अगस्त|सितंबर सितम्बर|अक्टूबर अक्तूबर|"
    "नवंबर नवम्बर|दिसंबर दिसम्बर",
    "mr": "जानेवारी|फेब्रुवारी|मार्च|एप्रिल|मे|जून|जुलै|ऑगस्ट|सप्टेंबर|ऑक्टोबर|नोव्हेंबर|डिसेंबर",
    "ar": "يناير|فبراير|مارس|أبريل ابريل إبريل|مايو|يونيو يونيه|يوليو يوليه|أغسطس اغسطس|"
    "سبتمبر|أكتوبر اكتوبر|نوفمبر|ديسمبر",
    "ar-Levant": "كانون_الثاني|شباط|آذار|نيسان|أيار|حزيران|تموز|آب|أيلول|تشرين_الأول|"
    "تشرين_الثاني|كانون_الأول",
}
"""language -> the twelve months parted by `|`, spellings by a space, `_` for a space in a name."""

PERSIAN_MONTHS = "فروردین|اردیبهشت|خرداد|تیر|مرداد|شهریور|مهر|آبان|آذر|دی|بهمن|اسفند"
"""Months of the Persian solar calendar; a year beside them is a Persian year."""

WEEKDAYS: dict[str, str] = {
    "en": "monday mon|tuesday tue tues|wednesday wed|thursday thu thur thurs|friday fri|"
    "saturday sat|sunday sun",
    "de": "montag mo|dienstag di|mittwoch mi|donnerstag do|freitag fr|samstag sa|sonntag so",
    "fr": "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche",
    "es": "lunes|martes|miércoles|jueves|viernes|sábado|domingo",
    "it": "lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica",
    "id": "senin|selasa|rabu|kamis|jumat|sabtu|minggu",
}
"""Monday first; used only to tell day/month from month/day where both would be a date."""

# (words before the number, words after it, unit): the number may be a word of NUMBER_WORDS.
RELATIVE: tuple[tuple[str, str, str], ...] = (
    ("", r"(?:minutes?|mins?|min\.?) ago", "minute"),
    ("", r"(?:hours?|hrs?|hr\.?) ago", "hour"),
    ("", r"days? ago", "day"),
    ("", r"(?:weeks?|wks?) ago", "week"),
    ("", r"(?:months?|mos?) ago", "month"),
    ("", r"years? ago", "year"),
    ("vor", r"minuten?", "minute"),
    ("vor", r"stunden?", "hour"),
    ("vor", r"tag(?:en)?", "day"),
    ("vor", r"wochen?", "week"),
    ("vor", r"monat(?:en)?", "month"),
    ("vor", r"jahr(?:en)?", "year"),
    ("il y a", r"minutes?", "minute"),
    ("il y a", r"heures?", "hour"),
    ("il y a", r"jours?", "day"),
    ("il y a", r"semaines?", "week"),
    ("il y a", r"mois", "month"),
    ("il y a", r"ans?", "year"),
    ("hace", r"minutos?", "minute"),
    ("hace", r"horas?", "hour"),
    ("hace", r"días?", "day"),
    ("hace", r"semanas?", "week"),
    ("hace", r"mes(?:es)?", "month"),
    ("hace", r"años?", "year"),
    ("há", r"minutos?", "minute"),
    ("há", r"horas?", "hour"),
    ("há", r"dias?", "day"),
    ("há", r"semanas?", "week"),
    ("há", r"m[eê]s(?:es)?", "month"),
    ("há", r"anos?", "year"),
    ("", r"or[ae] fa", "hour"),
    ("", r"giorn[oi] fa", "day"),
    ("", r"settiman[ae] fa", "week"),
    ("", r"mes[ei] fa", "month"),
    ("", r"ann[oi] fa", "year"),
    ("", r"uur geleden", "hour"),
    ("", r"dag(?:en)? geleden", "day"),
    ("", r"we(?:ek|ken) geleden", "week"),
    ("", r"maand(?:en)? geleden", "month"),
    ("", r"jaar geleden", "year"),
    ("", r"menit (?:yang )?lalu", "minute"),
    ("", r"jam (?:yang )?lalu", "hour"),
    ("", r"hari (?:yang )?lalu", "day"),
    ("", r"minggu (?:yang )?lalu", "week"),
    ("", r"bulan (?:yang )?lalu", "month"),
    ("", r"tahun (?:yang )?lalu", "year"),
    ("", r"phút trước", "minute"),
    ("", r"giờ trước", "hour"),
    ("", r"ngày trước", "day"),
    ("", r"tuần trước", "week"),
    ("", r"tháng trước", "month"),
    ("", r"năm trước", "year"),
    ("", r"минут[аыу]? назад", "minute"),
    ("", r"час(?:а|ов)? назад", "hour"),
    ("", r"(?:день|дня|дней) назад", "day"),
    ("", r"недел[юиь] назад", "week"),
    ("", r"месяц(?:а|ев)? назад", "month"),
    ("", r"(?:год|года|лет) назад", "year"),
    ("", r"godzin[aęy]? temu", "hour"),
    ("", r"(?:dzień|dni) temu", "day"),
    ("", r"tydzień temu|tygodni(?:e)? temu", "week"),
    ("", r"miesi(?:ąc|ące|ęcy) temu", "month"),
    ("", r"(?:rok|lata|lat) temu", "year"),
    ("", r"saat önce", "hour"),
    ("", r"gün önce", "day"),
    ("", r"hafta önce", "week"),
    ("", r"ay önce", "month"),
    ("", r"yıl önce", "year"),
    ("πριν(?: από)?", r"ώρ(?:α|ες)", "hour"),
    ("πριν(?: από)?", r"(?:ημέρ|μέρ)(?:α|ες)", "day"),
    ("πριν(?: από)?", r"εβδομάδ(?:α|ες)", "week"),
    ("πριν(?: από)?", r"μήν(?:α|ες)", "month"),
    ("", r"(?:分鐘|分钟|分)前", "minute"),
    ("", r"(?:小時|小时|時間)前", "hour"),
    ("", r"(?:天|日)前", "day"),
    ("", r"(?:週間|週|周|星期)前", "week"),
    ("", r"(?:個月|个月|か月|ヶ月|ヵ月)前", "month"),
    ("", r"年前", "year"),
    ("", r"분 전", "minute"),
    ("", r"시간 전", "hour"),
    ("", r"일 전", "day"),
    ("", r"주 전", "week"),
    ("", r"(?:개월|달) 전", "month"),
    ("", r"년 전", "year"),
    ("", r"นาทีที่แล้ว", "minute"),
    ("", r"ชั่วโมงที่แล้ว", "hour"),
    ("", r"วันที่แล้ว", "day"),
    ("", r"สัปดาห์ที่แล้ว", "week"),
    ("", r"เดือนที่แล้ว", "month"),
    ("", r"ปีที่แล้ว", "year"),
    ("", r"घंटे पहले", "hour"),
    ("", r"दिन पहले", "day"),
    ("", r"(?:हफ्ते|सप्ताह) पहले", "week"),
    ("", r"(?:महीने|माह) पहले", "month"),
    ("منذ", r"ساع(?:ة|ات)", "hour"),
    ("منذ", r"(?:يوم|أيام)", "day"),
    ("منذ", r"(?:أسبوع|أسابيع)", "week"),
    ("منذ", r"(?:شهر|أشهر)", "month"),
)

# Whole phrases without a number: (phrase, unit, count).
RELATIVE_PHRASES: tuple[tuple[str, str, int], ...] = (
    ("today", "day", 0),
    ("yesterday", "day", 1),
    ("last week", "week", 1),
    ("heute", "day", 0),
    ("gestern", "day", 1),
    ("aujourd'hui", "day", 0),
    ("aujourd’hui", "day", 0),
    ("hier", "day", 1),
    ("hoy", "day", 0),
    ("ayer", "day", 1),
    ("hoje", "day", 0),
    ("ontem", "day", 1),
    ("oggi", "day", 0),
    ("ieri", "day", 1),
    ("hari ini", "day", 0),
    ("kemarin", "day", 1),
    ("semalam", "day", 1),
    ("sehari yang lalu", "day", 1),
    ("seminggu yang lalu", "week", 1),
    ("sebulan yang lalu", "month", 1),
    ("setahun yang lalu", "year", 1),
    ("hôm nay", "day", 0),
    ("hôm qua", "day", 1),
    ("сегодня", "day", 0),
    ("вчера", "day", 1),
    ("dzisiaj", "day", 0),
    ("wczoraj", "day", 1),
    ("bugün", "day", 0),
    ("dün", "day", 1),
    ("σήμερα", "day", 0),
    ("χθες", "day", 1),
    ("昨日", "day", 1),
    ("昨天", "day", 1),
    ("今天", "day", 0),
    ("어제", "day", 1),
    ("오늘", "day", 0),
    ("เมื่อวาน", "day", 1),
    ("कल", "day", 1),
    ("أمس", "day", 1),
    ("اليوم", "day", 0),
    ("kahapon", "day", 1),
)

NUMBER_WORDS: dict[str, int] = {
    "a": 1,
    "an": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "einem": 1,
    "einer": 1,
    "zwei": 2,
    "drei": 3,
    "un": 1,
    "une": 1,
    "una": 1,
    "um": 1,
    "uma": 1,
    "dos": 2,
    "deux": 2,
}

JAPANESE_ERAS: dict[str, int] = {"令和": 2018, "平成": 1988, "昭和": 1925}
"""Era -> the year before its first."""
