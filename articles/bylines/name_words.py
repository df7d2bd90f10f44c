"""Words about people, as data: credentials, prefixes, particles, titles, words of organisations.

`names` is the reader. Credentials are compared by their letters alone, so `M.D.`, `MD` and `md`
after a comma are one; what a prefix is depends on where it stands ("dr. Tania" against "Tania, DR").
"""

# ruff: noqa: E501 (tables of words: a row stays a line)

from __future__ import annotations

CREDENTIALS = frozenset(
    """
    md do mbbs mbchb mbbch mbbchbao bmbs bmed mbchir mdcm md(hons) dds dmd dvm vmd bvsc bvms
    bvetmed mrcvs dacvb dacvim dacvd cvt lvt rvt vts phd dphil psyd pharmd rph bpharm mpharm
    dpharm rn bsn msn dnp aprn arnp np fnp fnpbc fnpc agnp pmhnp pmhnpbc whnp cnm cnp crna crnp
    cns ccrn cen chpn ocn lpn lvn pa pac pas rpac rd rdn ldn ld apd cdces cde bcadm cnsc cso
    cscs cpt nasm nsca acsm ace ryt eryt eryt200 eryt500 ryt200 ryt500 cnsd csr cssd csowm fand
    mph mspH msph drph scd mhs mha mba mhsa mpa mpp mpas mms msc ms ma mfa med edd edm bs bsc ba
    ab aas bhsc beng meng llb jd llm lcsw lmsw licsw msw acsw lmft mft lmhc lpc lpcc lcpc lac
    lcmhc ncc cadc bcba bcbad rdt rddp atr pt dpt ot otd otr otrl slp cccslp cccA aud rt rrt
    ibclc cclc frcp frcpc frcs frcsc frcog frcpch frcpath frcr frcgp mrcp mrcgp mrcog mrcs
    mrcpch mrcpsych frcpsych mrpharms dch drcog dfsrh dtmh facc faha fase facp faap faafp facog
    facs facep fccp fche facsm fascrs faad faaos fapa fasn fasco facr facpm faclm facmg fcap
    faan faanp facn faapmr fasge acg facg fhrs fscai fesc fidsa faaaai faao fapt fnla dabom abom
    dipabom dipablm dipibl m foma cmd cpe cpi ccfp fcfp franzcp fracp fracgp fracs fachpm bams
    bhms bums bds mds bnys nd dc lac dipac dom dacm emt emtp mt mtascp mls cg cgc lcgc ches
    mches cnm ccmhc bc abpp rpt rpsgt cphq cic chc nbchwc nbchwb ncidq cptaced cpmt bcps bcacp
    bcop bcgp bcppss mmed mmedsc mmsc mbiomed mkes mkm mpsi spsi skep spd spa spog spjp spb spkk
    spkj sps spm sptht spthtkl spp spu spr span sppd spak spak ak sgz ns apt mars finasim famili
    mhum mhlth bch bao bscn mscn rgn rmn rcn rsw cpsych phdc hspp dhsc dhed dha dc dipl ndtr
    csom famm famp obe mbe cbe kbe dbe oam ao onzm mnzm cnzm frsm
    """.lower().split()
)
"""By letters alone, lower case. A single upper-case word in the same place counts too."""

# Words that look like credentials (a few capitals) and are not.
NOT_CREDENTIALS = frozenset(
    """
    usa uk us eu un who cdc nih fda nhs cnn bbc nbc abc cbs ap afp dpa pap upi webmd nccih nimh
    niddk ny la dc-usa tv pr faq am pm est edt pst pdt gmt utc ist wib ceo cfo cto coo cmo hr it
    ai seo vp iii ii iv jr sr updated llc inc ltd gmbh pvt plc corp
    """.split()  # noqa: SIM905
)

# Bracketed words after a credential: country or branch ("RD (NL)", "VTS (Behavior)").
PARTICLES = frozenset(
    """
    de del dela delos della di da dos das do du des den der von vom van zu zum zur ten ter la le
    el los las lo bin binti bt ibn ben al bar abu y e i af av san santa st mac o' d' l' ap und
    """.split()  # noqa: SIM905
)

PREFIXES = (
    r"prof\.?\s*dr\.?\s*med\.?(?:\s*dent\.?)?",
    r"priv\.?-?\s*doz\.?\s*dr\.?(?:\s*med\.?)?",
    r"pd\s*dr\.?(?:\s*med\.?)?",
    r"dr\.?\s*(?:med|rer\.?\s*nat|phil)\.?(?:\s*(?:univ|dent|vet)\.?)?",
    r"dipl\.?-?\s*(?:med|psych|biol)\.?",
    r"(?:prof|profesor)\.?\s*(?:dr|dra|d-r)\.?",
    r"(?:uzm|op|doç|yrd\.?\s*doç|prof|dt|ecz|vet\.?\s*hek)\.?\s*dr\.?",
    r"(?:uzm|op|doç|dyt|dt|ecz|psk)\.",
    r"assoc(?:iate|\.)?\s*prof(?:essor|\.)?(?:\s*dr\.?)?",
    r"asst\.?\s*prof\.?(?:\s*dr\.?)?",
    r"prof(?:essor|\.|(?=\s))(?:\s*dr\.?)?",
    r"dr\s*n\.\s*(?:med|o\s*zdr)\.?",
    r"(?:dr\s*)?hab\.?\s*n\.\s*med\.?",
    r"lek\.?(?:\s*med\.?)?(?=\s)",
    r"mgr(?:\s*farm\.?)?(?=\s)",
    r"d(?:r|ra|rg|rs)\.(?:\s*dr\.)?",
    r"(?:el|la|o|a|le|il)\s+(?:médic[oa]|doctora?|doutora?|dra?\.|dra?(?=\s)|pr(?=\s)|docteure?|professeure?)(?:\s+dra?\.?)?(?=\s|$)",
    r"(?:el|la|os|as|il|la|den|de)\s+(?:dott\.?(?:\s?ssa)?|prof\.?)(?:\s*dra?\.?)?(?=\s)",
    r"médic[oa](?=\s)|médecin(?=\s)|medico(?=\s)",
    r"(?:dr|dra|drg|doctor|doctora|doktor)(?=\s)",
    r"dott\.?\s*ssa|dott\.|dottor(?:essa)?(?=\s)",
    r"pr\.?(?=\s[A-ZÀ-Ý])",
    r"docteur(?=\s)|professeur(?=\s)",
    r"apt\.|ns\.|lic\.|licda?\.",
    r"(?:mr|mrs|ms|miss|sir|mme|mlle|m|herr|frau|sr|sra)\.?(?=\s)",
    r"(?:datuk|dato'?|dato’|tan\s+sri)(?=\s)(?:\s*(?:dr|prof)\.?)?",
    r"(?:pgs|gs)\.?\s*(?:ts)\.?(?:\s*(?:bs|bác sĩ)\.?)?",
    r"(?:ths|ts|cn)\.?\s*(?:bs|ds|bác sĩ|dược sĩ)\.?(?:\s*ck(?:i{1,2}|1|2))?",
    r"(?:bs|bác sĩ)\.?\s*(?:ckii|cki|ck\s*(?:i{1,2}|[12]))\.?|bsck\s*(?:i{1,2}|[12])\.?",
    r"(?:bs|ths|ts|pgs|gs|ds)\.(?:\s*(?:bs|ds|bác sĩ|dược sĩ)\.?)?|(?:ths|bs|ds|pgs|gs|ts)(?=\s)",
    r"bác sĩ|dược sĩ|tiến sĩ|thạc sĩ|lương y|y sỹ|y sĩ",
    r"(?:ผศ|รศ|ศ)\.?\s*(?:ดร\.?)?\s*(?:นพ|พญ)\.?|นพ\.|พญ\.|ทพญ?\.|ภก\.|ภญ\.|ดร\.|สพ\.?ญ?\.|นายแพทย์|แพทย์หญิง|เภสัชกรหญิง|เภสัชกร|ทันตแพทย์",
    r"أ\.?\s*د\.?|د\.|دكتورة?|الدكتورة?|طبيبة?|الطبيبة?",
    r"دکتر",
    r"डॉ\.?|डॉक्टर|डाॅ\.?|प्रो\.?",
    r"(?:врач(?:-[а-яё]+)?|д-р|доктор|проф\.|профессор|к\.\s?м\.\s?н\.|д\.\s?м\.\s?н\.)(?=\s|,)",
    r"δρ\.?|ιατρός|καθηγητής",
    r"លោក(?:ស្រី)?វេជ្ជបណ្ឌិត|វេជ្ជបណ្ឌិត",
    r"ဒေါက်တာ",
    r"kho|ts\.\s?bs\.",
)
"""Patterns of what stands before a name, longest first where one begins another."""

# What stands after a name in scripts that put the title there.
CJK_TITLES = (
    "主治醫師|主任醫師|專科醫師|家庭醫學科醫師|住院醫師|中醫師|牙醫師|總醫師|醫師|醫生|藥師|藥劑師|營養師|護理師|心理師|"
    "物理治療師|治療師|主任医师|副主任医师|主治医师|执业医师|医师|医生|药师|营养师|护士|歯科医師|歯科医|産婦人科医|"
    "小児科医|皮膚科医|内科医|外科医|精神科医|眼科医|医師|薬剤師|管理栄養士|看護師|助産師|臨床心理士|獣医師|先生|"
    "教授|博士|院長|院长|編輯|编辑|記者|记者|特約記者|ライター|さん|氏|"
    "가정의학과 전문의|내과 전문의|전문의|전공의|한의사|치과의사|의사|원장|교수|박사|약사|영양사|간호사|기자|에디터|작가"
)

# Nouns a team or a house begins with in languages that put its adjectives behind, in small letters.
HOUSE_NOUNS = (
    r"equipos?|equipes?|équipes?|equip|comit[éêàe]|comitato|comissão|comisión|commission|commissione|consejo|conselho|conseil|consiglio"
    r"|consell|junta|redacci[oó]n?|redacció|reda[cç][aã]o|r[eé]daction|redazione|redac[țt]ia|sociedade?|société|societ[àa]|societat"
    r"|asociaci[oó]n|associa[çc][ãa]o|associazione|association|asociaţia|asociația|federaci[oó]n|federa[çc][ãa]o|fédération|federazione"
    r"|fundaci[oó]n?|funda[çc][ãa]o|fondation|fondazione|instituto|institut|istituto|institutul|colegio|colégio|collège|collegio|academia|académie|accademia"
    r"|hospital|hôpital|ospedale|spitalul|centro|centre|centrul|clínica|clinique|clinica|universidade?|université|università|echipa|colectivul"
    r"|zespół|redakcja|towarzystwo|stowarzyszenie|szpital|fundacja|instytut|rada|ομάδα|εταιρεία|επιτροπή|νοσοκομείο|редакция|клиника|команда"
    r"|ban|đội ngũ|bệnh viện|hội đồng|hội|phòng khám|viện|trung tâm|tim|ikatan|perhimpunan|rumah sakit|pasukan|ospital|pangkat|samahan"
)
TEAM_WORDS = (
    r"\b(?:team|staff|editors|editorial|newsroom|writers|contributors|board|committee|panel|desk|teams"
    r"|reporters|redaktion|redakcja|redazione|redacci[oó]n?|redacció|reda[cç][aã]o|r[eé]daction|redactie|redac[țt]ia|tim (?:medis|redaksi|dokter|editor|editorial|ahli|penulis|kesehatan|konten)"
    r"|equipo|equipe|équipe|equip|personal|kurulu|ekibi|pasukan|experts|physicians|doctors|faculty"
    r"|\w*[äa]rzteteam|expertenteam|fachbeirat|beirat|kollegium|comit[éê]|comitato|comitè|consejo editorial|conselho editorial"
    r"|echipa|zespół|rada naukowa|jamoasi|tahririyati|ομάδα|επιτροπή|komisi|dewan redaksi|redaksi|lupon|pangkat|meditsina jamoasi)\b"
    r"|редакци|редколлеги|команда|экспертный совет|ทีม|กองบรรณาธิการ|คณะแพทย์|編輯部|编辑部|編集部|編輯團隊|團隊|团队|小編|委員會|委员会|委員会|編集チーム|チーム"
    r"|편집팀|편집부|편집국|의료팀|의료진|위원회|فريق|هيئة التحرير|هيئت تحريريه|هیئت تحریریه|تحریریه|تیم"
    r"|ban biên tập|ban cố vấn|hội đồng|đội ngũ|टीम|समिति|मंडल|συντακτική|ក្រុម|ဆေးအဖွဲ့|အဖွဲ့"
)
ORG_WORDS = (
    r"\b(?:institutes?|instituto|institut|istituto|departments?|hospitals?|clinics?|clinica|clínica|klinik(?:um)?"
    r"|health(?:care)?|societ(?:y|ies)|association|foundation|university|universidade?|universität|università|université|center|centers"
    r"|centre|centres|council|ministry|college|agency|administration|network|group|organi[sz]ation|school|academy|akademie"
    r"|service|services|press|news|media|magazine|journal|gesellschaft|verein|verband|stiftung|inc|llc|ltd|gmbh"
    r"|company|corporation|publishing|library|laborator(?:y|ies)|medicine|medical|federation|trust|program|division"
    r"|office|bureau|rumah sakit|bệnh viện|hôpital|ospedale|szpital|hastanesi|wire|times|post|daily|today"
    r"|sociedade?|société|società|societat|asociaci[oó]n|associa[çc][ãa]o|associazione|associació|asociația|fundaci[oó]n?|funda[çc][ãa]o|fondation"
    r"|fondazione|colegio|colégio|federaci[oó]n|fédération|vereniging|stichting|ziekenhuis|kliniek|krankenhaus|bundesverband"
    r"|ärztekammer|towarzystwo|stowarzyszenie|instytut|fundacja|derneği|vakfı|üniversitesi|enstitüsü|merkezi|ikatan|perhimpunan|asosiasi"
    r"|persatuan|yayasan|ospital|samahan|kapisanan|spitalul|institutul|societatea|shifoxona(?:si)?|klinikasi|jamiyati|phòng khám"
    r"|hội y học|viện dinh dưỡng|εταιρεία|σύλλογος|νοσοκομείο|κλινική|ινστιτούτο|πανεπιστήμιο)\b"
    r"|больниц|клиник|институт|общество|ассоциаци|университет|โรงพยาบาล|คลินิก|สมาคม|มหาวิทยาลัย|สถาบัน|醫院|医院|診所|诊所|學會|学会|協會|协会|協会|大學附設|基金會|基金会"
    r"|病院|クリニック|医院|研究所|병원|의원$|협회|학회|재단|클리닉|مستشفى|جمعية|مركز|عيادة|بیمارستان|انجمن|کلینیک|अस्पताल|रुग्णालय|संस्थान|संघ|មន្ទីរពេទ្យ|ဆေးရုံ"
)

# Nouns for what somebody is: medical specialties first, posts of a newsroom or a house second.
SPECIALTY_WORDS = (
    r"practitioner|physician|doctor\b|surgeon|surgery|\w+olog(?:ist|y)\b|\w+iatrist|\w+iatry|\w+ician\b|pediatri"
    r"|paediatri|dentist|nurse|nursing|pharmacist|therapist|dieti[ct]ian|nutrition|psych|obstetric|gyn[ae]+colog"
    r"|midwife|veterinar|counsel+or|medicine|internist|optometr|chiropract|trainer|instructor|coach|expert\b"
    r"|specialist|internal medicine|family medicine|oncolog|cardio|derma|neuro|umum|spesialis|dokter|perubatan|penyakit dalam|kandungan|kebidanan|kesehatan|kulit dan|psikiatri|kedokteran|bedah\b|gizi\b"
    r"|bác sĩ|dược sĩ|chuyên khoa|nội khoa|khoa\b|แพทย์|เภสัชกร|อายุร|กุมาร|médic|medicin|enfermer|farmac"
    r"|ärzt|arzt|facharzt|medizin|médecin|pharmacien|infirmi|hekim|doktor|uzman|diyetisyen|eczac|врач|терапевт"
    r"|педиатр|кардиолог|невролог|фармац|lekarz|specjalista|farmaceut|醫|医|科|藥|薬|营养|營養|栄養|전문의|의학|내과"
    r"|약사|طبيب|أخصائ|استشاري|صيدل|चिकित्स|फिजिशियन|विशेषज्ञ|ιατρ|παθολόγος|γυναικολόγος|manggagamot"
)
TITLE_WORDS = (
    r"editor|director|professor|writer|author|reporter|correspondent|producer|journalist|contributor|manager"
    r"|president|chief|chair|fellow|officer|consultant|head\b|lecturer|scientist|researcher|founder|owner|coordinator"
    r"|advisor|adviser|member|dean|instructor|blogger|redakteur\w*|journalist\w*|redacteur\w*|rédact\w*|penulis"
    r"|editora|reviewer|expert|analyst|planner|associate|assistant|clinical|nurse planner|epidemiologist|hematologist"
)
"""Both match anywhere in a part, ignoring case."""

# A post in due form, as it stands before a name: "Senior Health Editor", "Consultant Dermatologist".
POST_BEFORE_NAME = (
    r"(?:(?:Board[- ]Certified|Medical|Senior|Chief|Executive|Managing|Associate|Assistant|Clinical|Editorial"
    r"|Health|Family|General|Contributing|Staff|News|Guest|Registered|Certified|Licensed|Consultant|Freelance"
    r"|Lead|Deputy|Science|Nutrition|Nurse|Digital|Features?) )*"
    r"(?:Editor(?:-in-Chief| in Chief)?|Director|Writer|Reporter|Correspondent|Journalist|Producer|Physician|Surgeon"
    r"|Practitioner|Nurse|Dieti[ct]ian|Nutritionist|Pharmacist|Dentist|Veterinarian|Officer|Advis[oe]r|Professor"
    r"|Therapist|Consultant|[A-Z][a-z]+(?:ologist|iatrist|etrician))"
)

# A "name" that holds one of these in small letters is prose.
FUNCTION_WORDS = frozenset(
    """
    the a an our your my their this that these those it its we you they he she i and or not is
    are was were be been has have had will can may should would by in on at to for with from of
    as if when why how what which who about dan dengan oleh untuk yang para con por mit für avec
    pour dans all see here more no yes now
    """.split()  # noqa: SIM905
)

# A "name" that holds one of these is none: words of the interface, of dates, of other statements.
NOT_NAME_WORDS = frozenset(
    """
    read next contact privacy terms policy print email follow subscribe newsletter sign log
    login comments comment reply verified buyer customer helpful shop buy cart product products
    click menu search article articles published updated reviewed written posted edited
    medically fact checked date site website home view related popular trending latest
    advertisement sponsored facebook twitter instagram pinterest youtube linkedin whatsapp
    unknown untitled min minutes statement reuters trust-e truste internet skip cookie cookies
    our your january february march september october november december monday tuesday wednesday
    thursday friday saturday sunday today yesterday guidelines process standards peers experts
    google microsoft deepl chatgpt openai
    """.split()  # noqa: SIM905
)

# First syllables of Korean names; without a title behind it a word that begins with none is no name.
KOREAN_SURNAMES = tuple(
    """
    김 이 박 최 정 강 조 윤 장 임 한 오 서 신 권 황 안 송 류 유 전 홍 고 문 양 손 배 백 허 남 심 노 하 곽 성 차
    주 우 구 민 나 진 지 엄 채 원 천 방 공 현 함 변 염 여 추 도 소 석 선 설 마 길 연 위 표 명 기 반 라 왕 금 옥
    육 인 맹 제 모 탁 국 어 은 편 용 예 경 봉 사 부 가 복 태 목 형 피 두 감 호 빈 동 온 승 남궁 황보 제갈 선우
    사공 서문 독고 동방
    """.split()  # noqa: SIM905
)
