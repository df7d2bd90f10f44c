"""Nouns of profession in the languages of the phrase tables.

Before a name ("huisarts Sanne de Wit") such a noun says what the person practises; alone, or in the
plural, it names nobody. `one_name` is the reader. Scripts that put the noun behind the name have
their words in `name_words.CJK_TITLES`.
"""

# ruff: noqa: E501 (tables of words: a row stays a line)

from __future__ import annotations

import re

_STEMS = (
    # One alternative a language family; case endings and the feminine are part of the pattern.
    r"(?:gynaecolog|gynecolog|dermatolog|cardiolog|neurolog|psycholog|oncolog|urolog|radiolog|endocrinolog|gastroenterolog|rheumatolog|allergolog|immunolog|patholog|ophthalmolog)ists?",
    r"physicians?|doctors?|surgeons?|pharmacists?|dentists?|nurses?|midwi(?:fe|ves)|nutritionists?|dieti[ct]ians?|pa?ediatricians?|veterinarians?|psychiatrists?|physiotherapists?|therapists?|obstetricians?|internists?|experts?|professionals?|specialists?",
    r"dokter(?: gigi| umum| spesialis| hewan)?|apoteker|ahli gizi|psikolog|bidan|perawat|doktor(?: gigi)?|pakar|ahli farmasi|jururawat",
    r"doktora?|manggagamot|nars|parmasyutiko|dentista",
    r"bác sĩ(?: chuyên khoa)?|dược sĩ|tiến sĩ|thạc sĩ|chuyên gia|điều dưỡng|chuyên khoa",
    r"m[ée]dic[oa]s?|doctor(?:a|es|as)|doutor(?:a|es)?|dermat[óo]log[oa]s?|cardi[óo]log[oa]s?|neur[óo]log[oa]s?|psic[óo]log[oa]s?|ginec[óo]log[oa]s?|pediatras?|nutricionistas?|farmac[ée]utic[oa]s?|enfermeir[oa]s?|enfermer[oa]s?|odont[óo]log[oa]s?|dentistas?|psiquiatras?|veterin[áa]ri[oa]s?|fisioterapeutas?|onc[óo]log[oa]s?|ur[óo]log[oa]s?|oftalm[óo]log[oa]s?|cl[íi]nic[oa] geral|especialistas?|expert[oa]s?|facultativ[oa]s?",
    r"m[ée]decins?(?: g[ée]n[ée]ralistes?)?|docteurs?|dermatologues?|cardiologues?|neurologues?|psychologues?|gyn[ée]cologues?|p[ée]diatres?|pharmaciens?|pharmaciennes?|infirmi(?:er|ère)s?|sages?-femmes?|nutritionnistes?|di[ée]t[ée]ticien(?:ne)?s?|psychiatres?|dentistes?|v[ée]t[ée]rinaires?|kin[ée]sith[ée]rapeutes?|chirurgien(?:ne)?s?|sp[ée]cialistes?|experts?",
    r"(?:fach|haus|kinder|frauen|haut|augen|zahn|tier|hno-)?(?:arzt|ärztin|ärzte|ärzten|ärztinnen)|mediziner(?:in|n|innen)?|apotheker(?:in|n|innen)?|psycholog(?:e|in|en)|psychotherapeut(?:in|en)?|ern[äa]hrungsberater(?:in)?|hebamme|dermatolog(?:e|in|en)|kardiolog(?:e|in|en)|neurolog(?:e|in|en)|experten?|expertin",
    r"medic[oi]|dottor(?:e|essa|i)|dermatolog[oai]|cardiolog[oai]|neurolog[oai]|psicolog[oai]|ginecolog[oai]|pediatri?a?|farmacist[ai]|infermier[aei]|nutrizionist[ai]|dietist[ai]|psichiatr[ai]|dentist[ai]|veterinari[oa]?|chirurg[oh]i?|specialist[ai]|espert[oaie]",
    r"huisarts(?:en)?|artsen|arts|apothekers?|di[ëe]tisten?|di[ëe]tist|verpleegkundigen?|psychologen|psycholoog|tandarts(?:en)?|dermatoloog|cardioloog|neuroloog|gynaecoloog|kinderarts|internist|verloskundige|deskundigen?",
    r"doktorlar|hekim(?:ler)?i?|diyetisyen|eczac[ıi]|psikolog|uzman(?:lar)?|diş hekimi|hemşire",
    r"врач(?:а|ом|и|ами|ей)?(?:-[а-яё]+)?|доктор(?:ом|а)?|терапевт(?:ом)?|педиатр(?:ом)?|кардиолог(?:ом)?|невролог(?:ом)?|дерматолог(?:ом)?|гинеколог(?:ом)?|эндокринолог(?:ом)?|психолог(?:ом)?|психиатр(?:ом)?|стоматолог(?:ом)?|фармацевт(?:ом)?|провизор(?:ом)?|диетолог(?:ом)?|специалист(?:ом|ы|ами)?|эксперт(?:ом|ы|ами)?|медик(?:ом|и)?",
    r"lekark[aąęi]|lekarz(?:a|em|e|y)?(?: medycyny)?|dermatolog|kardiolog|neurolog|ginekolog|pediatr[aąy]?|psycholog|psychiatr[aąy]?|farmaceut(?:k)?[aąęy]?|dietety(?:k|czka|cy|kiem)|pielęgniark[aąęi]|stomatolog|specjalist[aąy]|ekspert(?:em|ów|ka)?|położn[aą]",
    r"medic(?:ul|i|ii)?|doctorul|farmacist(?:ul)?|psiholog(?:ul)?|asistent medical|specialist(?:ul)?|nutriționist",
    r"metges?|metgessa|doctora?|farmacèutic|farmacèutica|infermera?|psicòlega?|especialista",
    r"shifokor(?:lar)?|vrach|mutaxassis(?:lar)?|doktor|farmatsevt",
    r"ιατρός|γιατρός|γιατροί|ιατρο[ίύ]|παιδίατρος|καρδιολόγος|δερματολόγος|γυναικολόγος|νευρολόγος|ψυχολόγος|ψυχίατρος|παθολόγος|φαρμακοποιός|διαιτολόγος|διατροφολόγος|οδοντίατρος|νοσηλευτής|νοσηλεύτρια|ειδικ(?:ός|οί|ούς)",
    r"แพทย์(?:ผู้เชี่ยวชาญ)?|หมอ|นายแพทย์|แพทย์หญิง|เภสัชกร(?:หญิง)?|ทันตแพทย์|พยาบาล|นักโภชนาการ|นักจิตวิทยา|ผู้เชี่ยวชาญ",
    r"គ្រូពេទ្យ|វេជ្ជបណ្ឌិត|ឱសថការី|អ្នកជំនាញ|ទន្តបណ្ឌិត",
    r"ဆရာဝန်(?:များ)?|ဒေါက်တာ|ဆေးဝါးကျွမ်းကျင်သူ|ကျွမ်းကျင်သူ(?:များ)?|သူနာပြု",
    r"चिकित्सक(?:ों)?|डॉक्टर(?:ों)?|विशेषज्ञ(?:ों)?|फार्मासिस्ट|दंत चिकित्सक|तज्ज्ञ|डॉक्टरांनी|आहार विशेषज्ञ|मनोवैज्ञानिक|सर्जन",
    r"(?:ال)?طبيبة?|(?:ال)?أطباء|أخصائية?|اخصائية?|استشارية?|صيدلانية?|صيدلية?|(?:ال)?صيدلي|ممرضة?|خبراء|خبيرة?|(?:ال)?دكتورة?|دكاترة",
    r"پزشک(?:ان)?|دکتر|متخصص(?:ان)?|داروساز|روانشناس|پرستار|دندانپزشک|کارشناس(?:ان)?",
)
PROFESSION = "|".join(f"(?:{stems})" for stems in _STEMS)

_PROFESSION_BEFORE_NAME = re.compile(
    rf"(?:(?:the|our|an?|le|la|el|il|lo|de|het|unser(?:e|em|er)?|notre|nostro|nuestr[oa]|noss[oa]|o|a|η|ο|τον|την)\s+)?"
    rf"(?P<post>(?:(?:medical|certified|registered|board-certified|general|family|clinical|in-house|resident)\s+)*"
    rf"(?:{PROFESSION}))\s*[:,]?\s+(?=\S)",
    re.I,
)
_PROFESSION_ALONE = re.compile(
    rf"(?:(?:the|our|an?|einem|einer|einen|eine|un[ao]?|une|um[a]?|een|bir|jednego|o|a|el|la|le|les|los|las)\s+)?"
    rf"(?:(?:{PROFESSION})[\s.]*){{1,3}}",
    re.I,
)


def profession_before_name(text: str) -> tuple[str, str] | None:
    """The noun a text begins with, and what follows it; None for any other text.

    >>> profession_before_name("huisarts Sanne de Wit")
    ('huisarts', 'Sanne de Wit')
    """
    match = _PROFESSION_BEFORE_NAME.match(text)
    return None if match is None else (match["post"], text[match.end() :])


def is_profession(text: str) -> bool:
    """Whether a text is nothing but what somebody is: "médecin", "einem Arzt", "врачами".

    >>> is_profession("einem Arzt"), is_profession("Sanne Arts")
    (True, False)
    """
    return _PROFESSION_ALONE.fullmatch(text.strip(" .,।。")) is not None
