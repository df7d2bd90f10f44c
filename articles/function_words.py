"""The commonest words of each language, by which running text is known at a glance.

Called by `language`, which confirms a declaration with them, and by `fluency`.
"""

from __future__ import annotations

from articles.scripts import SCRIPT_OF_LANGUAGE


def function_words(script: str) -> dict[str, frozenset[str]]:
    """The commonest words of each known language that is written in a script."""
    return {
        language: words
        for language, words in STOP_WORDS.items()
        if SCRIPT_OF_LANGUAGE.get(language, "latin") == script
    } or {"": frozenset()}


# The commonest function words, chosen so that few are shared within a script. Words of one letter
# count too where they mark a language.
STOP_WORDS: dict[str, frozenset[str]] = {
    language: frozenset(words.split())
    for language, words in {
        "en": "the of and to is that for with are this was have from they which their be as it on",
        "es": "de la que el en los las del por una con para es se como más pero sus este también y",
        "fr": "de la le les des et est une dans du pour qui que sur pas au avec sont ce vous il ou",
        "de": "der die und das ist den von mit für nicht ein eine sich auf dem auch werden bei zu",
        "it": "di che il la per una è in con sono del della non gli le come anche più nel dei si",
        "pt": "de que o a do da em um uma para com não os as é por mais dos como ou ser também ao",
        "nl": "de het een van en is dat in te voor met zijn niet op aan die er ook bij wordt of",
        "pl": "w i na z się nie do jest że to o przez dla od oraz jak po są lub może być które",
        "cs": "a v na se že je s z do pro o to jsou by který při nebo jako také ale může být které",
        "sk": "a v na sa že je s z do pre o to sú by ktorý pri alebo ako tiež ale môže byť ktoré",
        "hu": "a az és hogy nem is egy van ezt meg csak vagy mint el de ez volt már lehet azt",
        "ro": "de și în la cu a pe care din este pentru un o nu sau mai ce sunt fi prin unei că",
        "sv": "och att det som en på är av för med den till inte om ett har de kan man eller du",
        "da": "og at det er en til af på som med for den der ikke de et har kan du eller man ved",
        "nb": "og i det er på som en til av for med at den ikke de har kan eller et deg fra ved",
        "fi": "ja on ei että se oli hän mutta tai kuin myös voi ovat joka sekä jos niin kun mukaan",
        "tr": "ve bir bu için ile da de olarak çok daha olan gibi veya en kadar sonra ise var",
        "id": "yang dan di untuk dengan dari pada ini dalam adalah atau tidak anda bisa karena",
        "ms": "yang dan di untuk dengan dari pada ini dalam adalah atau tidak anda boleh kerana",
        "fil": "ng sa ang na mga ay at para ito hindi kung may o isang ka iyong mo siya pag",
        "vi": "và của là có các không được cho trong một những với người khi bạn này để bị hoặc",
        "hr": "i u je na da se za su s od koji ne što kao ili može biti iz te kako nije",
        "lt": "ir yra kad su iš į kaip ar tai bet gali apie arba nuo dėl taip kurie buvo",
        "et": "ja on ei et see mis kui ka oma või siis aga seda ning olla võib ta selle",
        "lv": "un ir kas ar no uz par ka vai arī lai to tiek pie var būt bet kā nav",
        "ca": "de la i el que a els les per una amb és en del com no són més o també seva aquest",
        "ru": "и в не на что с по это как для от из или при его так но к может за быть у если",
        "uk": "і в не на що з це як для від або при та до у може за його але бути якщо є які",
        "bg": "и в на се за да от не са по с е като или при че може това които но си до",
        "sr": "и у је на да се за су са од који не што као или може из те како није које",
        "ar": "في من على إلى أن عن مع التي هذا أو ما لا هذه كان قد الذي ذلك بعد كما بين",
        "fa": "در از به که این را با است برای آن یا شما تا می بر هم های باید شود کند",
        "el": "και το της να την του με για που των από είναι τα στο τις οι δεν σε στην ένα μια θα",
        "he": "של את על לא הוא זה עם או כי גם אם כל היא יש אבל מה כמו להיות ניתן יותר הם אחרי",
        "ur": "کے میں کی ہے سے اور کو کا ہیں پر یہ اس کہ نہیں ایک کر بھی تو جو لیے",
    }.items()
}
