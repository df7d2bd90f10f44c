"""Phrases that publishers put between, before and after the text, and the one question about them.

`boilerplate_kind` looks at whole short blocks only: a sentence of the author that mentions a
newsletter stays. The phrases are data: here those measured on recorded pages, most of them English,
in `boilerplate_asian` and `boilerplate_european` those of each other language. A line is looked up
as a whole first; only what is no phrase is held against the patterns.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import product
from typing import Literal, cast

from articles.boilerplate_asian import ASIAN
from articles.boilerplate_european import EUROPEAN
from articles.tries import trie_pattern

BoilerplateKind = Literal[
    "ad", "bio", "credit", "feedback", "newsletter", "share", "consult", "related", "continue",
    "toc", "comment",
    "control", "debris",
]  # fmt: skip

LONGEST_PHRASE = 220
"""Characters; a longer block is never boilerplate by its wording."""


def boilerplate_kind(text: str) -> BoilerplateKind | None:
    """Which kind of boilerplate a block is by its words; None where it may be the author's."""
    if len(text) > LONGEST_PHRASE:
        return None
    key = phrase_key(text)
    if not key:
        return "debris"
    if text.lstrip()[0] == "©":
        return "control"
    if kind := _EXACT.get(key.rstrip("? ")):
        return kind
    if _is_after_lead_in(text, key):
        return "related"
    found = (_PATTERN if _has_late_words(key) else _PATTERN_AT_START).match(key)
    return _KIND_OF_GROUP[found.lastgroup or ""] if found else None


def _has_late_words(key: str) -> bool:
    """Whether a line may hold the words of one of the patterns that look beyond its beginning."""
    # An agency stands before the last thirty letters of a credit.
    return "helps support our mission" in key or _AGENCY.search(key[-60:]) is not None


def is_related_heading(text: str) -> bool:
    """Whether a heading opens a list of other articles ("Related articles", "Baca juga")."""
    if len(text) >= 80:
        return False
    key = phrase_key(text)
    if _EXACT.get(key.rstrip("? ")) == "related" or _RELATED_HEADING.match(key):
        return True
    openings = _RELATED_BY_START.get(key[:2], ())
    return any(key.startswith(phrase) and _TAIL.match(key, len(phrase)) for phrase in openings)


def phrase_key(text: str) -> str:
    """The text as phrases are compared: folded white space and case, no marks at the ends.

    >>> phrase_key("  >> Read  MORE: ")
    'read more'
    """
    # A short block is asked for its key by half a dozen readers, and sites repeat theirs.
    return _short_key(text) if len(text) <= LONGEST_PHRASE else _key(text)


def _key(text: str) -> str:
    folded = " ".join(text.casefold().replace("’", "'").split())
    if not folded.isascii():
        # Turkish capitals lose or gain a dot; some pages part letters from their accents.
        folded = unicodedata.normalize("NFC", folded.replace("i\u0307", "i").replace("ı", "i"))
    if folded and folded[0].isalnum() and (folded[-1].isalnum() or folded[-1] == "?"):
        return folded
    start, end = 0, len(folded)
    while start < end and not _is_of_word(folded[start]):
        start += 1
    while end > start and not (folded[end - 1] == "?" or _is_of_word(folded[end - 1])):
        end -= 1
    return folded[start:end]


def _is_of_word(character: str) -> bool:
    """Whether a word can end in it: the vowel signs of Hindi and Thai are marks, not letters."""
    return character.isalnum() or character == "_" or unicodedata.category(character)[0] == "M"


_short_key = lru_cache(maxsize=4096)(_key)

_PHRASES: dict[BoilerplateKind, str] = {
    "ad": """
        advertisement|advertisements|advertising|advertisment|ad|ads|sponsored|sponsored content
        |sponsored links|sponsored by|promoted content|paid content|ad feedback|promoted|advertorial
        |advertisement - continue reading below|advertisement continue reading below
        |article continues below advertisement|story continues below advertisement
        |continue reading below advertisement|scroll to continue|from our sponsors|sponsor message
        |ad icon|ad iconadvertisement|ad icon advertisement|hide ad|close ad|skip ad|remove ads
        |why am i seeing this ad?|this ad is supporting|anzeige|werbung|publicidad|anuncio|anuncios
        |publicité|pub|annonce|annonces|reklama|reklamy|reklam|mainos|реклама|pubblicità
        |publicidade|anúncio|continua após a publicidade|advertentie|annons|publicitate|hirdetés
        |διαφήμιση|προβολή|広告|スポンサーリンク|廣告|广告|โฆษณา|विज्ञापन|iklan|advertensi
        |quảng cáo|광고|إعلان|الإعلانات|ពាណិជ្ជកម្ម|ฝากโฆษณา|art. sponsorowany
        |continue a ler após a publicidade|scroll to continue with content|pariwara|patalastas""",
    "feedback": """
        was this article helpful?|was this page helpful?|was this helpful?|did this help?
        |was this information helpful?|was this content helpful?|is this article helpful?
        |rate this article|rate this page|rate this|how helpful was this article?|thank you
        |thanks for your feedback|thank you for your feedback|thanks for your feedback!
        |share feedback|send us feedback|send feedback|give us feedback|give feedback|feedback
        |leave feedback|yes|no|apakah artikel ini membantu?|apakah artikel ini membantu anda?
        |bermanfaatkah artikel ini?|artikel ini membantu?|ya|tidak|war dieser artikel hilfreich?
        |fanden sie diesen artikel hilfreich?|¿te ha resultado útil este artículo?
        |¿te resultó útil este artículo?|cet article vous a-t-il été utile?
        |adakah artikel ini membantu?
        |bài viết có hữu ích với bạn?|bài viết này có hữu ích với bạn?
        |bạn thấy bài viết hữu ích không?
        |nakatulong ba ang artikulong ito?|บทความนี้มีประโยชน์หรือไม่|您覺得這篇文章有幫助嗎
        |這篇文章對您有幫助嗎
        |這篇文章有幫助嗎|이 글이 도움이 되었나요?|この記事は役に立ちましたか
        |czy ten artykuł był pomocny?
        |was deze pagina nuttig?|report a problem|report an error|suggest an edit|improve this page
        |not helpful|helpful|email the editor|what did you think?|was this story useful?""",
    "newsletter": """
        subscribe|subscribe now|sign up|sign up now|sign up for our newsletter|join our newsletter
        |subscribe to our newsletter|newsletter|newsletters|get our newsletter|enter your email
        |email address|your email address|your email|subscribe to newsletter|newsletter sign up
        |subscribe today|sign me up|stay in the know|stay informed|stay connected|stay up to date
        |get updates|get the app|download the app|download app|open in app|install app|suscríbete
        |suscribirse|abonnieren|s'abonner|inscreva-se|iscriviti|berlangganan|langganan|đăng ký
        |đăng ký ngay|구독|구독하기|訂閱|訂閱電子報|สมัครรับข่าวสาร|newsletter abonnieren|zapisz się
        |don't miss out|never miss a story|we respect your privacy|privacy policy|no spam, ever
        |your privacy is important to us|unsubscribe at any time""",
    "share": """
        share|share this|share this article|share this story|share this post|share on facebook
        |share on twitter|share on linkedin|share via email|share via|share on|share this page
        |share:|tweet|pin it|pin|email|print|print this page|save|save for later|bookmark
        |facebook|twitter|linkedin|whatsapp|pinterest|instagram|youtube|tiktok|telegram|reddit
        |x|threads|messenger|line|copy link|copy url|link copied|link copied!|like this|like
        |like loading|follow us|follow us on|follow|connect with us|find us on|tell a friend
        |compartir|comparte
        |compartilhar|compartilhe|partager|teilen|artikel teilen|condividi|delen|udostępnij
        |поделиться|поділитися|bagikan|bagikan artikel ini|kongsi|chia sẻ|chia sẻ bài viết|分享
        |แชร์|공유|공유하기|مشاركة|シェア|シェアする|share article|facebook twitter|drukuj|imprimer
        |drucken|imprimir|stampa|click to share|share options|share full article|gift article""",
    "consult": """
        ask doctor|ask a doctor|ask the doctor|ask our experts|ask an expert|chat with a doctor
        |health screening|talk to a doctor|consult a doctor|consult a doctor online|find a doctor
        |find a provider|book appointment|book an appointment|book now|make an appointment
        |request an appointment|schedule an appointment|schedule appointment|request appointment
        |tanya dokter|chat dokter|konsultasi dokter|buat janji|tanyakan pada dokter|tanya doktor
        |hỏi bác sĩ|đặt lịch khám|đặt lịch|đặt hẹn|tư vấn với bác sĩ|ถามแพทย์|ปรึกษาแพทย์|諮詢醫生
        |쇼핑하기|symptom checker|check your symptoms|health tools|health tool|bmi calculator
        |verified by|shop now|buy now|add to cart|learn more|get started|contact us|call us""",
    "related": """
        related|related articles|related article|related stories|related posts|related content
        |related topics|related links|related news|related reading|related information|related terms
        |you may also like|you might also like|you may like|you might like|also read|read also
        |read more|read next|read this next|up next|more like this|more stories|more news|see also
        |more from|recommended|recommended for you|recommended reading|recommended articles
        |recommended stories|top stories|top picks|trending|trending now|popular posts|most read
        |most popular|latest news|latest articles|latest stories|latest posts|latest|don't miss
        |keep reading|explore more|more on this topic|more in|in case you missed it
        |what to read next
        |further reading|editor's picks|editors' picks|featured|view all|see all|see more|show more
        |load more|view more|artikel terkait|baca juga|baca selengkapnya|berita terkait|lihat semua
        |bacaan terkait|artikel lainnya|artikel berkaitan|baca lagi|bài viết liên quan
        |xem thêm|đọc thêm|có thể bạn quan tâm|bài liên quan|tin liên quan|บทความที่เกี่ยวข้อง
        |อ่านเพิ่มเติม
        |อ่านต่อ|相關文章|延伸閱讀|推薦閱讀|更多文章|相关文章|相关阅读|延伸阅读|推荐阅读|你可能會喜歡
        |猜你喜欢|関連記事|関連リンク|おすすめ記事|あわせて読みたい|관련 기사|관련기사|관련 글
        |추천 글
        |مقالات ذات صلة|اقرأ أيضا|اقرأ أيضًا|مواضيع ذات صلة|संबंधित लेख|यह भी पढ़ें|basahin din
        |kaugnay na artikulo|artículos relacionados|noticias relacionadas|te puede interesar
        |también te puede interesar|lee también|ver más|leer más|articles similaires|à lire aussi
        |lire aussi|voir aussi|en savoir plus|sur le même sujet|artigos relacionados|leia também
        |leia mais
        |veja também|saiba mais|mais lidas|articoli correlati|leggi anche|potrebbe interessarti
        |ähnliche artikel|auch interessant|mehr zum thema|lesen sie auch|weiterlesen
        |das könnte sie auch interessieren
        |das könnte dich auch interessieren|lees ook|lees meer|meer over|gerelateerde artikelen
        |zobacz także
        |zobacz też|czytaj także|czytaj też|czytaj więcej|przeczytaj także|przeczytaj też|polecamy
        |powiązane artykuły|читайте также|читайте також|смотрите также|похожие статьи|по теме
        |ещё по теме|διαβάστε επίσης|διαβάστε ακόμα|σχετικά άρθρα|ilgili haberler|ilgili yazılar
        |läs också|läs mer|läs även|les også|læs også|lue myös|přečtěte si také|související články
        |citește și|olvasta már?|kapcsolódó cikkek""",
    "continue": """
        continue reading|continue reading below|continue|read full article|read the full story
        |read the full article|read full story|expand|collapse|show caption|hide caption
        |show less|show all|read less|more
        |lanjutkan membaca|lanjut membaca|teruskan membaca|đọc tiếp|อ่านต่อ|繼續閱讀|继续阅读
        |続きを読む|계속 읽기
        |seguir leyendo|continuar leyendo|lire la suite|continue lendo|continua a leggere
        |weiterlesen|czytaj dalej|back to top|top|return to top|next|previous|prev|next page
        |previous page
        |kembali ke atas|nach oben|retour en haut|volver arriba|skip to content|skip to main content
        |jump to recipe|listen to this article|listen|play|pause|watch|watch video|watch now
        |play video
        |watch the video|click to expand|enlarge|enlarge image|view image|view gallery
        |open in a new tab
        |image gallery|view slideshow|next slide|previous slide|tap to unmute|video|photo|photos""",
    "toc": """
        table of contents|contents|in this article|on this page|jump to|daftar isi|isi artikel
        |mục lục
        |nội dung|nội dung bài viết|nội dung chính|สารบัญ|目錄|目录|目次|목차|المحتويات
        |inhaltsverzeichnis|inhalt
        |sommaire|table des matières|índice|indice|contenido|tabla de contenidos|tabla de contenido
        |sumário|spis treści|содержание|оглавление|зміст|inhoud|inhoudsopgave|obsah|kandungan
        |jump to section|in this section|quick links|overview navigation|περιεχόμενα|içindekiler""",
    "comment": """
        comments|leave a comment|leave a reply|post a comment|add a comment|join the conversation
        |no comments|no comments yet|0 comments|view comments|show comments|comment|reply
        |comments are closed
        |comments are closed.|be the first to comment|join the discussion|cancel reply|post comment
        |komentar|tinggalkan komentar|bình luận|ความคิดเห็น|留言|發表評論|评论|發表回應|コメント
        |댓글|التعليقات
        |comentarios|deja un comentario|commentaires|laisser un commentaire|comentários
        |deixe um comentário
        |kommentare|kommentieren|commenti|reacties|zostaw komentarz|komentarze|dodaj komentarz
        |комментарии|σχόλια
        |required fields are marked|your email address will not be published|log in to comment""",
    "control": """
        close|menu|search|home|login|log in|sign in|log out|register|ok|accept|cancel|submit|send
        |go|loading
        |loading...|english|español|tutup|đóng|關閉|关闭|閉じる|ปิด|닫기|إغلاق|cerrar|fermer
        |schließen
        |advertise with us|advertising policy|editorial policy|about us|terms of use
        |terms of service
        |cookie settings|manage cookies|all rights reserved|select language|change language
        |my account
        |toggle navigation|main menu|primary menu|you are here|font size|text size|a|aa|a a a""",
    "debris": """
        backup og meta|og meta|undefined|null|nan|[object object]|none|n/a|test|lorem ipsum|divider
        |placeholder|badge|icon|logo|foto penulis|foto penulisbadge|spinner|image|img|arrow|chevron
        |slide|banner|thumbnail|avatar|loader""",
}  # fmt: skip

_LEADS = (
    "διαβάστε επίσης|διαβάστε ακόμα|läs också|läs även|les også|læs også|lue myös"
    "|přečtěte si také|čtěte také|читайте також|přečtěte si|citește și"
)


def _spelled_out(phrases: str) -> Iterator[str]:
    """Every phrase of a row, each choice in brackets made in all ways.

    >>> list(_spelled_out("baca|beri [nilai,rating][, artikel ini]"))[:3]
    ['baca', 'beri nilai', 'beri nilai artikel ini']
    """
    for phrase in phrases.split("|"):
        parts = _CHOICE.split(phrase)
        yield from map("".join, product(*(part.split(",") for part in parts)))


_CHOICE = re.compile(r"[\[\]]")


def _exact_phrases() -> Iterator[tuple[str, BoilerplateKind]]:
    for kind, phrases in _PHRASES.items():
        for phrase in phrases.split("|"):
            yield phrase_key(phrase), kind
    for table in (*ASIAN.values(), *EUROPEAN.values()):
        for name, phrases in table.items():
            if name != "lead":
                for phrase in _spelled_out(phrases):
                    yield phrase_key(phrase), cast(BoilerplateKind, name)


def _first_of_each() -> dict[str, BoilerplateKind]:
    """The kind of each phrase; of two languages that share one, the first decides."""
    kinds: dict[str, BoilerplateKind] = {}
    for key, kind in _exact_phrases():
        if key:
            kinds.setdefault(key.rstrip("? "), kind)
    return kinds


_EXACT = _first_of_each()

_BIO_HEADING = re.compile(
    r"(?:about|meet|more about|over|über|sobre|acerca de|à propos de|tentang|về|informazioni su|o)"
    r" (?:the |our |your |this |den |die |der |el |la |l'|l’|o |a |les |de |lo )?"
    r"(?:authors?|writers?|reviewers?|medical reviewers?|contributors?|experts?|editors?|guide"
    r"|expert"
    r"|autore?n?|autorin|autora?|auteure?|penulis|tác giả|autorach|autorce|autorze"
    r"|autorem)\b.{0,30}$"
    r"|(?:author|reviewer|writer|contributor)(?:'s)?(?: bio(?:graphy)?| info(?:rmation)?"
    r"| profile)?$"
    r"|(?:written by|reviewed by|author|autor|penulis)$|関于作者|关于作者|關於作者|作者簡介"
    r"|作者简介"
    r"|著者(?:プロフィール|紹介)|この記事を書いた人|об авторе|про автора|نبذة عن الكاتب"
    r"|عن الكاتب|저자 소개"
)


def is_bio_heading(text: str) -> bool:
    """Whether a short block opens a box about the people behind the article."""
    return len(text) < 60 and _BIO_HEADING.match(phrase_key(text)) is not None


# What may stand anywhere in a line takes two thirds of the time of all patterns to look for.
_AFTER_OTHER_WORDS = ".{0,60}"
_AGENCIES = (
    "getty images", "shutterstock", "istock", "istockphoto", "unsplash", "adobe stock", "pexels",
    "pixabay", "depositphotos", "freepik", "alamy", "123rf", "dreamstime",
)  # fmt: skip
_PATTERN_SOURCES: tuple[tuple[BoilerplateKind, str], ...] = (
    ("ad", r"(?:ad icon)?\s*(?:advertisement|iklan|quảng cáo)$"),
    ("ad", r"(?:article|story|text|content) continues (?:below|after)"),
    ("ad", _AFTER_OTHER_WORDS + r"\badvertising on our site helps support our mission"),
    ("ad", r"this (?:article|post|page|content|story) (?:may )?contains? affiliate links"),
    ("ad", r"(?:if you (?:buy|purchase|click)|when you (?:buy|purchase)) .{0,60}"
           r"(?:commission|affiliate)"),
    ("feedback", r"(?:was|is|did) (?:this|you find this) (?:article|page|post|information|content|"
                 r"story|answer)\b.{0,20}(?:helpful|useful|help you)"),
    ("feedback", r"(?:how useful was this post|click on a star to rate|average rating"
                 r"|no votes so far"
                 r"|rate this (?:article|post|recipe|page))"),
    ("newsletter", r"(?:sign up|signup|subscribe|register)\b.{0,80}\b(?:newsletter|e-?newsletter|"
                   r"inbox|e-?mails?|updates|alerts|mailing list)"),
    ("newsletter", r"(?:get|receive|want)\b.{0,80}\b(?:(?:in|to) your (?:e-?mail )?in-?box"
                   r"|by e-?mail|newsletter)"),
    ("newsletter", r"(?:join|download|get) (?:our|the|us)\b.{0,60}\b(?:newsletter|app\b|app store|"
                   r"google play|mailing list|whatsapp (?:channel|group)|telegram)"),
    ("newsletter", r"(?:by (?:signing up|subscribing|clicking|submitting|registering)\b)"),
    ("newsletter", r"thank(?:s| you) for (?:subscribing|signing up|reading|visiting)"),
    ("newsletter", r"(?:suscríbe\w*|inscríbe\w*|abonnez-vous|inscrivez-vous|melden sie sich"
                   r"|abonnieren sie|iscriviti|inscreva-se|zapisz się|подпиш\w+|підпис\w+)\b.{0,80}"
                   r"(?:newsletter|boletín|bulletin|lettre|канал|рассылк|telegram|facebook"
                   r"|youtube)"),
    ("share", r"(?:share|tweet|pin|email|print|save|like|follow)(?: (?:this|on|via|to|us|it|the|by"
              r"|article|story|post|page|link|with|your|friends?|facebook|twitter|x|linkedin|"
              r"whatsapp|pinterest|email|instagram|reddit|telegram|and|or|opens in new window)"
              r"|[,:|&()])*$"),
    ("share", r"click to (?:share|email|print|tweet)\b"),
    ("share", r"(?:like|follow|join|find|connect with|visit)\b.{0,30}\bon (?:facebook|twitter|x"
              r"|instagram|linkedin|youtube|tiktok|pinterest|whatsapp|telegram|social"
              r"|google news)\b"),
    ("share", r"\d+ (?:shares?|likes?|views?|reads?)$"),
    ("consult", r"(?:klik|tap) (?:banner|tombol|gambar|link) (?:di bawah|ini|berikut)"),
    ("consult", r"(?:chat|talk|speak|consult) (?:with|to) (?:a|our|an) (?:doctor|expert"
                r"|dermatologist"
                r"|specialist|physician)s?(?: now| today| online)*$"),
    ("consult", r"(?:to )?(?:make|schedule|book|request) an? (?:appointment|consultation)\b.{0,60}"
                r"(?:call|click|online|today|here|now)"),
    ("related", r"(?:learn|read|find out|discover|see|know) (?:more )?(?:about|on|from)?\b.{0,80}\b"
                r"here$"),
    ("related", r"(?:click|tap) (?:here|on|the|below)\b"),
    ("related", r"(?:for more|to (?:learn|read|find out|see) more)\b.{0,100}\bclick\b.{0,40}$"),
    ("related", r"(?:read more|read also|also read|see also|related|related (?:story|article"
                r"|post|link|video)|more|must read|don't miss|recommended|watch|watch now"
                r"|read next|you might also like"
                r"|you may also like|up next|more (?:from|on|in) [\w .&'-]{1,40})\s*[:：»>|]"),
    ("credit", r"(?:featured |cover |lead |main |header |hero |top )?(?:image|photo|picture"
               r"|photograph"
               r"|illustration|foto|bild|imagen|crédit|credit|graphic|video)s?(?: credits?"
               r"| courtesy| by|"
               r" source| via| from| copyright|s)*(?: of)?\s*[:：©|/].{0,120}$"),
    ("credit", r"(?:photo(?:graph)?|image|illustration|picture|video)s? (?:by|courtesy|credits?"
               r"|via|from|provided by|courtesy of)\b.{0,80}$"),
    ("credit", _AFTER_OTHER_WORDS + rf"(?:{'|'.join(_AGENCIES)})(?: via getty)?"
               r"(?:[/,. ].{0,30})?$"),
    ("continue", r"(?:lanjutkan|lanjut|teruskan) (?:membaca|baca)"),
    ("continue", r"(?:page|slide|photo|image) \d+ (?:of|/) \d+$"),
    ("comment", r"(?:\d+|no|one|leave a|add a|post a|view|show|load|all|your|write a|join the)\s*"
                r"(?:comments?|repl(?:y|ies)|responses?|thoughts? on\b.*|conversation)\b.{0,20}$"),
    ("comment", r"(?:you must be|please) (?:log|sign|logged|signed) ?in to"),
    ("control", r"(?:copyright|c\)|\(c\))\s*(?:©|\(c\))?\s*(?:19|20)\d\d"),
    ("control", r"(?:©|copyright) .{0,80}all rights reserved"),
    ("control", r"all rights reserved|todos los derechos reservados|tous droits réservés"
                r"|alle rechte vorbehalten|tutti i diritti riservati|todos os direitos reservados"
                r"|wszelkie prawa zastrzeżone|все права защищены"),
    ("control", r"(?:this (?:site|website|page) uses|we use|by using (?:this|our)) .{0,40}cookies"),
    ("control", r"(?:last|site) (?:updated|modified):?$"),
    ("control", r"(?:tags?|filed under|posted in|categor(?:y|ies)|topics?|keywords?|labels?)\s*:"),
    ("control", r"\d{1,3}\s*(?:min(?:ute)?s?|phút|menit|分鐘|分|분)\s*(?:read|reading|to read"
                r"|đọc|baca)?$"),
    ("control", r"(?:estimated )?reading time\b.{0,30}$"),
)  # fmt: skip


def _joined(sources: Iterable[tuple[int, str]]) -> re.Pattern[str]:
    # The name stands behind each pattern: a group around it would hide its first letter, by which
    # most are passed over at once.
    return re.compile("|".join(f"(?:{source})(?P<k{number}>)" for number, source in sources))


_SOURCES = [(number, source) for number, (_, source) in enumerate(_PATTERN_SOURCES)]
_PATTERN = _joined(_SOURCES)
_PATTERN_AT_START = _joined(one for one in _SOURCES if not one[1].startswith(_AFTER_OTHER_WORDS))
_AGENCY = re.compile(trie_pattern(_AGENCIES))
_KIND_OF_GROUP = {f"k{number}": kind for number, (kind, _) in enumerate(_PATTERN_SOURCES)}

_TAIL_SOURCE = (
    r"(?: (?:articles?|stories|posts|news|topics?|content|reading|links|on|to|in|for|about|this"
    r"|from|you|with|pages|resources|videos?|information|questions|products|health|guides)\b"
    r".{0,40})?$"
)
_TAIL = re.compile(_TAIL_SOURCE)
_RELATED_HEADING = re.compile(
    r"(?:more from\b.{0,40}|more .{0,30}(?:articles|stories|news|posts)"
    r"|other .{0,30}(?:articles|stories|posts)"
    r"|recent (?:posts|articles|news|stories)|patient picks for|products (?:&|and) services"
    r"|find (?:more|out more)|stories (?:for you|you may).*|articles? (?:related|you may).*"
    r"|people also (?:read|ask|viewed)|you (?:may|might) (?:also )?(?:like|be interested).*)"
    + _TAIL_SOURCE
)


def _by_start(phrases: Iterator[str]) -> dict[str, tuple[str, ...]]:
    """Phrases by their first two letters, the longest first: the few that a line can begin with."""
    found: dict[str, list[str]] = {}
    for phrase in sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase)):
        found.setdefault(phrase[:2], []).append(phrase)
    return {start: tuple(same) for start, same in found.items()}


_RELATED_BY_START = _by_start(phrase for phrase, kind in _EXACT.items() if kind == "related")
_LEAD_INS = _by_start(
    phrase_key(phrase)
    for kinds in (*ASIAN.values(), *EUROPEAN.values(), {"lead": _LEADS})
    for phrase in kinds["lead"].split("|")
)
_SEPARATOR = re.compile(r"\s*(?:[:：»>|►▶→]|[-–—]\s)")


def _is_after_lead_in(text: str, key: str) -> bool:
    """Whether a line is "Baca juga" and the title of another article.

    Without a mark between the two, the title must look like one: "Lesen Sie auch die Packung" goes
    on as a sentence does.
    """
    for phrase in _LEAD_INS.get(key[:2], ()):
        if not key.startswith(phrase):
            continue
        if _SEPARATOR.match(key, len(phrase)):
            return True
        words = text.split()
        title = words[phrase.count(" ") + 1 :]
        if key[len(phrase) : len(phrase) + 1] == " " and title:
            return not title[0][0].islower() and not text.rstrip().endswith((".", "!", "。", "।"))
    return False
