"""Sentences, people, teams and denials as pages of each language write them."""

# ruff: noqa: E501 (tables of people: a row stays a line)

from __future__ import annotations

from dataclasses import dataclass

SENTENCES = {
    "en": "Wheat bread and rye bread differ in fibre, and both of them keep for a week in a dry place.",
    "id": "Roti gandum dan roti hitam berbeda dalam serat, dan keduanya dapat disimpan selama seminggu di tempat yang kering.",
    "ms": "Roti gandum dan roti rai berbeza dari segi serat, dan kedua-duanya boleh disimpan selama seminggu di tempat yang kering kerana ia tidak mudah rosak.",
    "fil": "Ang tinapay na trigo at ang tinapay na rye ay magkaiba sa hibla, at ang mga ito ay tumatagal ng isang linggo sa tuyong lugar.",
    "vi": "Bánh mì lúa mì và bánh mì đen khác nhau về chất xơ, và cả hai loại đều có thể giữ được một tuần ở nơi khô ráo.",
    "th": "ขนมปังข้าวสาลีและขนมปังข้าวไรย์มีใยอาหารต่างกัน และทั้งสองอย่างเก็บไว้ได้หนึ่งสัปดาห์ในที่แห้ง",
    "zh-Hant": "小麥麵包和黑麥麵包的纖維含量不同，兩者在乾燥的地方都可以保存一個星期，這是許多家庭的經驗。",
    "zh-Hans": "小麦面包和黑麦面包的纤维含量不同，两者在干燥的地方都可以保存一个星期，这是许多家庭的经验。",
    "hi": "गेहूं की रोटी और राई की रोटी में रेशा अलग होता है, और दोनों सूखी जगह पर एक सप्ताह तक रहती हैं।",
    "es": "El pan de trigo y el pan de centeno se diferencian en la fibra, y los dos se conservan durante una semana en un lugar seco.",
    "pt": "O pão de trigo e o pão de centeio não têm a mesma fibra, e os dois conservam-se durante uma semana em um lugar seco.",
    "fr": "Le pain de blé et le pain de seigle n'ont pas la même teneur en fibres, et les deux se gardent une semaine dans un endroit sec.",
    "de": "Weizenbrot und Roggenbrot unterscheiden sich in den Ballaststoffen, und beide halten sich eine Woche an einem trockenen Ort.",
    "it": "Il pane di grano e il pane di segale non hanno la stessa fibra, e tutti e due si conservano per una settimana in un luogo asciutto.",
    "nl": "Tarwebrood en roggebrood verschillen in vezels, en beide kunnen een week worden bewaard op een droge plaats.",
    "tr": "Buğday ekmeği ile çavdar ekmeği lif bakımından farklıdır ve her ikisi de kuru bir yerde bir hafta kadar saklanır.",
    "ja": "小麦のパンとライ麦のパンは食物繊維の量が違い、どちらも乾いた場所なら一週間ほど保存することができます。",
    "ko": "밀빵과 호밀빵은 식이섬유의 양이 다르며, 둘 다 마른 곳에서는 일주일 동안 보관할 수 있습니다.",
    "ar": "يختلف خبز القمح عن خبز الجاودار في الألياف، ويمكن حفظ كل منهما لمدة أسبوع في مكان جاف.",
    "ru": "Пшеничный и ржаной хлеб отличаются по количеству клетчатки, и оба хранятся неделю в сухом месте.",
    "pl": "Chleb pszenny i chleb żytni różnią się zawartością błonnika, a oba można przechowywać przez tydzień w suchym miejscu.",
    "el": "Το ψωμί από σιτάρι και το ψωμί από σίκαλη διαφέρουν στις φυτικές ίνες, και τα δύο διατηρούνται για μία εβδομάδα σε ξηρό μέρος.",
    "km": "នំប៉័ងស្រូវសាលី និងនំប៉័ងស្រូវរ៉ៃ មានជាតិសរសៃខុសគ្នា ហើយទាំងពីរអាចរក្សាទុកបានមួយសប្ដាហ៍នៅកន្លែងស្ងួត ដូច្នេះវាជាអាហារដែលមានប្រយោជន៍សម្រាប់គ្រួសារ។",
    "my": "ဂျုံပေါင်မုန့်နှင့် ရိုင်းပေါင်မုန့်တို့သည် အမျှင်ဓာတ် ကွာခြားပြီး နှစ်မျိုးလုံးကို ခြောက်သွေ့သောနေရာတွင် တစ်ပတ်ကြာ သိမ်းဆည်းနိုင်သည်။",
    "mr": "गव्हाची भाकरी आणि राईची भाकरी यांच्यातील तंतू वेगळे असतात, आणि दोन्ही कोरड्या जागी एक आठवडा टिकतात असे अनेक कुटुंबांचा अनुभव आहे.",
    "fa": "نان گندم و نان چاودار از نظر فیبر با هم تفاوت دارند و هر دو را می‌توان در جای خشک یک هفته نگه داشت، این تجربه بسیاری از خانواده‌ها است.",
    "ro": "Pâinea de grâu și pâinea de secară diferă prin fibre, iar ambele pot fi păstrate timp de o săptămână într-un loc uscat din casă.",
    "ca": "El pa de blat i el pa de sègol es diferencien en la fibra, i tots dos es poden conservar durant una setmana en un lloc sec de la casa.",
    "uz": "Bug'doy noni va javdar noni tola miqdori bilan farq qiladi, va ikkalasi ham quruq joyda bir hafta saqlanishi mumkin, bu ko'p oilalarning tajribasi.",
}
"""One sentence a language, for the body of a page."""


@dataclass(frozen=True, kw_only=True)
class Tongue:
    """People and a date as pages of one language write them."""

    language: str
    reviewer: str
    reviewer_name: str
    second: str
    second_name: str
    author: str
    date: str
    day: str


TONGUES: dict[str, Tongue] = {
    tongue.language: tongue
    for tongue in (
        Tongue(language="en", reviewer="Ann-Mari Roe-Smith, MD", reviewer_name="Ann-Mari Roe-Smith",
               second="Leo van der Berg, PharmD", second_name="Leo van der Berg",
               author="Fred Penn", date="May 15, 2022", day="2022-05-15"),
        Tongue(language="id", reviewer="dr. Sari Dewi", reviewer_name="Sari Dewi",
               second="dr. Budi Santoso, Sp.PD", second_name="Budi Santoso",
               author="Rina Wulandari", date="15 Mei 2022", day="2022-05-15"),
        Tongue(language="ms", reviewer="Dr. Aminah binti Yusof", reviewer_name="Aminah binti Yusof",
               second="Dr. Lee Wei Han", second_name="Lee Wei Han",
               author="Nurul Huda", date="15 Mei 2022", day="2022-05-15"),
        Tongue(language="fil", reviewer="Jan-Vi Santos-Cruz, MD", reviewer_name="Jan-Vi Santos-Cruz",
               second="Maria dela Rosa, RN", second_name="Maria dela Rosa",
               author="Jose Reyes", date="Mayo 15, 2022", day="2022-05-15"),
        Tongue(language="vi", reviewer="Bác sĩ Nguyễn Văn An", reviewer_name="Nguyễn Văn An",
               second="ThS. BS. Trần Thị Mai", second_name="Trần Thị Mai",
               author="Lê Thu Hà", date="15/05/2022", day="2022-05-15"),
        Tongue(language="th", reviewer="พญ. สมหญิง ใจดี", reviewer_name="สมหญิง ใจดี",
               second="นพ. สมชาย รักไทย", second_name="สมชาย รักไทย",
               author="มานี มีสุข", date="15 พฤษภาคม 2565", day="2022-05-15"),
        Tongue(language="zh-Hant", reviewer="王小明 醫師", reviewer_name="王小明",
               second="林美玲 藥師", second_name="林美玲",
               author="陳大文", date="2022年5月15日", day="2022-05-15"),
        Tongue(language="zh-Hans", reviewer="王小明 医生", reviewer_name="王小明",
               second="林美玲 药师", second_name="林美玲",
               author="陈大文", date="2022-05-15", day="2022-05-15"),
        Tongue(language="hi", reviewer="डॉ. राम शर्मा", reviewer_name="राम शर्मा",
               second="डॉ. सीता वर्मा", second_name="सीता वर्मा",
               author="मोहन कुमार", date="15 मई 2022", day="2022-05-15"),
        Tongue(language="es", reviewer="Dra. María José de la Cruz", reviewer_name="María José de la Cruz",
               second="Dr. Luis Ángel Peña", second_name="Luis Ángel Peña",
               author="Inés Núñez", date="15 de mayo de 2022", day="2022-05-15"),
        Tongue(language="pt", reviewer="Dr. João da Silva", reviewer_name="João da Silva",
               second="Dra. Ana Gonçalves", second_name="Ana Gonçalves",
               author="Rui Moreira", date="15 de maio de 2022", day="2022-05-15"),
        Tongue(language="fr", reviewer="Dr Hélène Lefèvre", reviewer_name="Hélène Lefèvre",
               second="Pr Luc d'Arcy", second_name="Luc d'Arcy",
               author="Zoé Martin", date="15 mai 2022", day="2022-05-15"),
        Tongue(language="de", reviewer="Dr. med. Jürgen Müller-Lüdenscheidt",
               reviewer_name="Jürgen Müller-Lüdenscheidt",
               second="Prof. Dr. Anke von der Heide", second_name="Anke von der Heide",
               author="Uwe Groß", date="15. Mai 2022", day="2022-05-15"),
        Tongue(language="it", reviewer="Dott.ssa Giulia De Santis", reviewer_name="Giulia De Santis",
               second="Dott. Aldo Rossi", second_name="Aldo Rossi",
               author="Ugo Bianchi", date="15 maggio 2022", day="2022-05-15"),
        Tongue(language="nl", reviewer="Dr. Sanne van den Berg", reviewer_name="Sanne van den Berg",
               second="Dr. Joost de Vries", second_name="Joost de Vries",
               author="Fleur Bakker", date="15 mei 2022", day="2022-05-15"),
        Tongue(language="tr", reviewer="Uzm. Dr. Ayşe Yılmaz", reviewer_name="Ayşe Yılmaz",
               second="Doç. Dr. İbrahim Çelik", second_name="İbrahim Çelik",
               author="Elif Şahin", date="15 Mayıs 2022", day="2022-05-15"),
        Tongue(language="ja", reviewer="山田 太郎 医師", reviewer_name="山田 太郎",
               second="佐藤 花子 薬剤師", second_name="佐藤 花子",
               author="鈴木 一郎", date="2022年5月15日", day="2022-05-15"),
        Tongue(language="ko", reviewer="홍길동 전문의", reviewer_name="홍길동",
               second="김영희 약사", second_name="김영희",
               author="이민수", date="2022년 5월 15일", day="2022-05-15"),
        Tongue(language="ar", reviewer="د. أحمد علي", reviewer_name="أحمد علي",
               second="د. ليلى حسن", second_name="ليلى حسن",
               author="سارة محمود", date="15 مايو 2022", day="2022-05-15"),
        Tongue(language="ru", reviewer="врач Анна Петрова", reviewer_name="Анна Петрова",
               second="д.м.н. Иван Сидоров", second_name="Иван Сидоров",
               author="Олег Смирнов", date="15 мая 2022", day="2022-05-15"),
        Tongue(language="pl", reviewer="lek. Agnieszka Wójcik-Żak", reviewer_name="Agnieszka Wójcik-Żak",
               second="dr n. med. Piotr Łuczak", second_name="Piotr Łuczak",
               author="Ewa Kowalska", date="15 maja 2022", day="2022-05-15"),
        Tongue(language="el", reviewer="Δρ. Μαρία Παπαδοπούλου", reviewer_name="Μαρία Παπαδοπούλου",
               second="Δρ. Νίκος Γεωργίου", second_name="Νίκος Γεωργίου",
               author="Άννα Ιωάννου", date="15 Μαΐου 2022", day="2022-05-15"),
        Tongue(language="km", reviewer="វេជ្ជបណ្ឌិត សុខ ចាន់", reviewer_name="សុខ ចាន់",
               second="វេជ្ជបណ្ឌិត ម៉ៅ សុភា", second_name="ម៉ៅ សុភា",
               author="គឹម លី", date="15 ឧសភា 2022", day="2022-05-15"),
        Tongue(language="my", reviewer="ဒေါက်တာ အောင်မင်း", reviewer_name="အောင်မင်း",
               second="ဒေါက်တာ သီရိလင်း", second_name="သီရိလင်း",
               author="ကျော်ကျော်", date="15 မေ 2022", day="2022-05-15"),
        Tongue(language="mr", reviewer="डॉ. राम जोशी", reviewer_name="राम जोशी",
               second="डॉ. सीमा पाटील", second_name="सीमा पाटील",
               author="मोहन कुलकर्णी", date="15 मे 2022", day="2022-05-15"),
        Tongue(language="fa", reviewer="دکتر احمد رضایی", reviewer_name="احمد رضایی",
               second="دکتر لیلا حسینی", second_name="لیلا حسینی",
               author="سارا محمودی", date="25 اردیبهشت 1401", day="2022-05-15"),
        Tongue(language="ro", reviewer="Dr. Ioana Popescu", reviewer_name="Ioana Popescu",
               second="Dr. Mihai Ștefănescu", second_name="Mihai Ștefănescu",
               author="Elena Radu", date="15 mai 2022", day="2022-05-15"),
        Tongue(language="ca", reviewer="Dra. Núria Puig", reviewer_name="Núria Puig",
               second="Dr. Jordi Soler", second_name="Jordi Soler",
               author="Laia Ferrer", date="15 de maig de 2022", day="2022-05-15"),
        Tongue(language="uz", reviewer="Dr. Aziza Karimova", reviewer_name="Aziza Karimova",
               second="Dr. Bobur Aliyev", second_name="Bobur Aliyev",
               author="Dilshod Umarov", date="15 may 2022", day="2022-05-15"),
    )
}  # fmt: skip

AND: dict[str, str] = {
    "en": "and",
    "id": "dan",
    "ms": "dan",
    "fil": "at",
    "vi": "và",
    "th": "และ",
    "km": "និង",
    "my": "နှင့်",
    "zh-Hant": "、",
    "zh-Hans": "、",
    "hi": "और",
    "mr": "आणि",
    "es": "y",
    "pt": "e",
    "fr": "et",
    "de": "und",
    "it": "e",
    "nl": "en",
    "tr": "ve",
    "ar": "و",
    "fa": "و",
    "ja": "、",
    "ko": ", ",
    "ru": "и",
    "pl": "i",
    "ro": "și",
    "ca": "i",
    "uz": "va",
    "el": "και",
}
"""What joins two people."""

BODIES: dict[str, tuple[str, ...]] = {
    "en": (
        "The Rye Health Editorial Team",
        "Medical Review Board",
        "American Bread Association",
        "Rye Clinic",
    ),
    "id": (
        "Tim Medis Rye Health",
        "Ikatan Dokter Roti Indonesia",
        "Rumah Sakit Roti",
    ),
    "ms": (
        "Pasukan Perubatan Rye",
        "Hospital Roti",
    ),
    "fil": (
        "Rye Medical Team",
        "Ospital ng Tinapay",
    ),
    "vi": (
        "Ban cố vấn y khoa Rye",
        "Bệnh viện Lúa Mì",
        "Đội ngũ bác sĩ Rye",
    ),
    "th": (
        "ทีมแพทย์ข้าวไรย์",
        "โรงพยาบาลข้าว",
        "กองบรรณาธิการ",
    ),
    "km": (
        "ក្រុមវេជ្ជបណ្ឌិត Rye",
        "មន្ទីរពេទ្យ Rye",
    ),
    "my": ("Rye ဆေးအဖွဲ့",),
    "zh-Hant": (
        "麥田醫療團隊",
        "麥田編輯部",
        "麥田醫院",
    ),
    "zh-Hans": (
        "麦田医疗团队",
        "麦田编辑部",
        "麦田医院",
    ),
    "hi": (
        "Rye मेडिकल टीम",
        "राई अस्पताल",
    ),
    "mr": ("Rye वैद्यकीय टीम",),
    "es": (
        "Equipo médico de Rye",
        "Comité médico Rye",
        "Sociedad Española del Pan",
        "Hospital del Pan",
    ),
    "pt": (
        "Equipe Médica Rye",
        "Comitê Médico Rye",
        "Sociedade Brasileira do Pão",
    ),
    "fr": (
        "Comité médical Rye",
        "L'équipe médicale Rye",
        "Société française du pain",
        "Hôpital du Pain",
    ),
    "de": (
        "Redaktion Rye",
        "Medizinisches Team Rye",
        "Deutsche Gesellschaft für Brot",
        "Ärzteteam Rye",
    ),
    "it": (
        "Comitato scientifico Rye",
        "Redazione Rye",
        "Società Italiana del Pane",
        "Ospedale del Pane",
    ),
    "nl": (
        "Redactie Rye",
        "Medisch team Rye",
        "Nederlandse Vereniging voor Brood",
    ),
    "tr": (
        "Rye Tıbbi Yayın Kurulu",
        "Rye Medikal Ekibi",
        "Ekmek Hastanesi",
    ),
    "ar": (
        "فريق Rye الطبي",
        "مستشفى الخبز",
        "هيئة التحرير",
    ),
    "fa": (
        "تیم پزشکی Rye",
        "بیمارستان نان",
        "هیئت تحریریه",
    ),
    "ja": (
        "麦編集部",
        "麦クリニック",
        "日本パン学会",
    ),
    "ko": (
        "호밀 편집팀",
        "호밀병원",
        "대한빵학회",
    ),
    "ru": (
        "Редакция Rye Health",
        "Медицинская редакция Rye",
        "Клиника Хлеб",
    ),
    "pl": (
        "Redakcja Rye Health",
        "Zespół medyczny Rye",
        "Polskie Towarzystwo Chleba",
    ),
    "ro": (
        "Echipa medicală Rye",
        "Redacția Rye",
    ),
    "ca": (
        "Equip mèdic de Rye",
        "Redacció Rye",
    ),
    "uz": (
        "Rye tibbiy jamoasi",
        "Rye tahririyati",
    ),
    "el": (
        "Συντακτική ομάδα Rye",
        "Ελληνική Εταιρεία Ψωμιού",
        "Ιατρική ομάδα Rye",
    ),
}
"""Teams and organisations, each in due form."""

DENIALS: dict[str, tuple[str, ...]] = {
    "en": (
        "This article has not been medically reviewed.",
        "Not medically reviewed",
        "Not yet reviewed by a doctor",
        "This page has not yet been reviewed by a medical professional",
        "Medical review: pending",
    ),
    "id": (
        "Artikel ini belum ditinjau secara medis.",
        "Belum ditinjau oleh dokter",
    ),
    "ms": ("Artikel ini belum disemak secara perubatan.",),
    "fil": ("Hindi pa nasuri ng doktor ang artikulong ito.",),
    "vi": (
        "Bài viết chưa được tham vấn y khoa.",
        "Bài viết này chưa được bác sĩ kiểm duyệt.",
    ),
    "th": (
        "บทความนี้ยังไม่ได้รับการตรวจสอบทางการแพทย์",
        "ยังไม่ผ่านการตรวจสอบโดยแพทย์",
    ),
    "km": ("អត្ថបទនេះមិនទាន់ត្រូវបានត្រួតពិនិត្យដោយវេជ្ជបណ្ឌិតទេ។",),
    "my": ("ဤဆောင်းပါးကို ဆရာဝန်မှ မစစ်ဆေးရသေးပါ။",),
    "zh-Hant": (
        "本文尚未經醫學審稿",
        "本文未經醫師審閱",
        "尚未經醫師審核",
        "待醫學審閱",
    ),
    "zh-Hans": (
        "本文尚未经医学审核",
        "本文未经医生审核",
    ),
    "hi": (
        "इस लेख की चिकित्सकीय समीक्षा नहीं की गई है",
        "चिकित्सकीय समीक्षा अभी बाकी है",
    ),
    "mr": ("वैद्यकीय पुनरावलोकन झालेले नाही",),
    "es": (
        "Este artículo no ha sido revisado médicamente.",
        "Aún no revisado por un médico",
    ),
    "pt": (
        "Este artigo não foi revisado por um médico.",
        "Ainda não revisado clinicamente",
    ),
    "fr": (
        "Cet article n'a pas été relu par un médecin.",
        "Cet article n'a pas encore fait l'objet d'une relecture médicale.",
    ),
    "de": (
        "Dieser Artikel wurde nicht medizinisch geprüft.",
        "Noch nicht ärztlich geprüft",
    ),
    "it": ("Questo articolo non è stato revisionato da un medico.",),
    "nl": (
        "Dit artikel is niet medisch gecontroleerd.",
        "Nog niet medisch beoordeeld",
    ),
    "tr": (
        "Bu makale tıbbi olarak incelenmemiştir.",
        "Henüz tıbbi incelemeden geçmemiştir",
    ),
    "ar": (
        "لم تتم مراجعة هذا المقال طبيًا",
        "لم تتم المراجعة الطبية بعد",
    ),
    "fa": ("این مقاله هنوز توسط پزشک بازبینی نشده است.",),
    "ja": (
        "医師監修は完了していません",
        "この記事は医師の監修を受けていません",
        "医師による監修は行われていません",
    ),
    "ko": (
        "의학 감수는 수행하지 않았다",
        "이 글은 의학적 검토를 받지 않았습니다",
    ),
    "ru": (
        "Статья не проверена врачом.",
        "Не проходила медицинскую проверку",
    ),
    "pl": (
        "Artykuł nie został zweryfikowany medycznie.",
        "Brak weryfikacji medycznej",
    ),
    "ro": ("Acest articol nu a fost verificat medical.",),
    "ca": ("Aquest article no ha estat revisat mèdicament.",),
    "uz": ("Ushbu maqola tibbiy tekshiruvdan o'tmagan.",),
    "el": (
        "Το άρθρο δεν έχει ελεγχθεί ιατρικά.",
        "Δεν έχει γίνει ιατρικός έλεγχος",
    ),
}
"""Lines that say that nobody reviewed the page."""
