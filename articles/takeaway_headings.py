"""The words over the box that says the article in a few lines ("Key takeaways", "Auf einen Blick").

Asked by `fragment_markup` of the first line of a box, and by `side_parts` of headings.
"""

from __future__ import annotations

from articles.boilerplate import phrase_key

LONGEST_HEADING = 60
"""Characters."""


def is_takeaway_heading(text: str) -> bool:
    """Whether a heading or a short line opens the key takeaways."""
    return len(text) <= LONGEST_HEADING and phrase_key(text) in _TAKEAWAYS


_TAKEAWAY_HEADINGS = """
    key takeaways|key takeaway|takeaways|takeaway|the takeaway|key points|key facts|key messages
    |at a glance|in brief|quick facts|fast facts|highlights|article highlights|key learnings|tl;dr
    |summary points|what to know|key insights|main points|main takeaways|quick takeaways
    |key takeaways include|key takeaways from this article|tl;dr - key takeaways
    |tl;dr – key takeaways|article at a glance|this article at a glance|the short answer
    |poin penting|poin-poin penting|intisari|ringkasan|fakta utama
    |poin utama
    |perkara penting|những điểm chính|điểm chính|tóm tắt|mga pangunahing punto|ประเด็นสำคัญ
    |สรุปประเด็นสำคัญ
    |重點整理|重點|要點|要点|核心要点|ポイント|この記事のポイント|핵심 요약|핵심 포인트
    |النقاط الرئيسية|أهم النقاط
    |puntos clave|en resumen|points clés|à retenir|l'essentiel|en bref|das wichtigste in kürze
    |auf einen blick
    |pontos-chave|pontos principais|punti chiave|in breve|belangrijkste punten
    |najważniejsze informacje
    |w skrócie|главное|коротко|основные выводы
"""
_TAKEAWAYS = frozenset(phrase_key(phrase) for phrase in _TAKEAWAY_HEADINGS.split("|"))
