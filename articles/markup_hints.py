"""What the class names, ids and roles of an element say of its part in the page.

Publishers name their containers in much the same words everywhere; the words stand here as data.
A hint is never more than that: `main_content` unbelieves it where most of the text lies under it
("page-with-sidebar", "post share-enabled"). Called for every block element of a page, so the answer
is remembered by the class string.
"""

from __future__ import annotations

import re
from functools import lru_cache

COMMENTS = 1
RELATED = 2
SHARE = 4
PROMO = 8
AD = 16
NAVIGATION = 32
BYLINE = 64
CAPTION = 128
POPUP = 256
FEEDBACK = 512
TOC = 1024
REFERENCES = 2048
DISCLAIMER = 4096
ASIDE = 8192
HIDDEN = 16384
HEADER = 32768
FOOTER = 65536
BODY = 1 << 17
"""The one good hint: this element is named as the body of the article."""
CALLOUT = 1 << 18
ACCORDION = 1 << 19
TAKEAWAYS = 1 << 20
SUMMARY = 1 << 21
CARD = 1 << 22
HEADLINE = 1 << 23
"""From microdata alone."""
DROPPED = 1 << 24
"""No name says this: a selector of the site's profile drops the element."""

BOILERPLATE = (
    COMMENTS | RELATED | SHARE | PROMO | AD | NAVIGATION | BYLINE | CAPTION | POPUP | FEEDBACK
    | TOC | REFERENCES | DISCLAIMER
)  # fmt: skip
"""Hints whose elements are no part of the running text, whatever stands in them."""

HINT_WORDS = (
    (COMMENTS, "comments"), (RELATED, "related"), (SHARE, "share"), (PROMO, "promotion"),
    (AD, "ad"), (NAVIGATION, "navigation"), (BYLINE, "byline"), (CAPTION, "caption"),
    (POPUP, "popup"), (FEEDBACK, "feedback"), (TOC, "contents"), (REFERENCES, "references"),
    (DISCLAIMER, "disclaimer"), (ASIDE, "aside"), (HIDDEN, "hidden"), (HEADER, "header"),
    (FOOTER, "footer"),
)  # fmt: skip
"""What a block left out for a hint is called where people read it."""

_WORDS: tuple[tuple[int, str], ...] = (
    (COMMENTS, r"comments?|commentlist|comment-?(?:area|list|section|form|wrap\w*)|disqus|respond"
               r"|livefyre|repl(?:y|ies)|discussion|reader-?responses"),
    (RELATED, r"related\w*|recirc\w*|recommend\w*|read-?(?:more|next|also)|readmore|more-(?:stories"
              r"|from|articles|news|posts|on)|also-?(?:like|read)|you-may\w*|trending|popular"
              r"|most-?(?:read|viewed|popular)|latest(?:-\w+)?|outbrain|taboola|zergnet|revcontent"
              r"|up-next|next-?(?:article|post|story)|prev-?(?:article|post)|see-?also|jp-?related"
              r"posts|post-?nav\w*|similar|suggested|further-reading|article-?(?:teasers?|cards?)|teasers?"
              r"|yarpp\w*|crp|onward|more-?links|inline-?(?:link|story|promo)s?"),
    (SHARE, r"share\w*|sharing|social\w*|addthis\w*|addtoany\w*|a2a|sharedaddy|follow(?:-us)?"
            r"|shariff|email-?this|print-?(?:button|link|this)"),
    (PROMO, r"newsletter\w*|subscri\w*|sign-?up|signup|opt-?in|optin|cta|call-to-action|promo\w*"
            r"|paywall|donat\w*|membership|mailchimp|mc-embed|app-?download|log-?in|register"
            r"|registration|lead-?(?:form|gen|modal)|mailing-?list|book-?appointment"),
    (AD, r"ads?|adv|advert\w*|ad-?(?:slot|unit|box|wrap\w*|container|banner|label|block|zone|text)"
         r"|adslot|sponsor\w*|dfp|gpt|google-?auto-?placed|adsbygoogle|banner|leaderboard|mpu"
         r"|anzeige|reklama|publicidad|commercial"),
    (NAVIGATION, r"nav|navbar|navigation|menu|submenu|breadcrumbs?|crumbs?|paginat\w*|pager|paging"
                 r"|page-?(?:links|nav\w*)|toolbar|skip-?(?:link|to)\w*|sitemap|top-?bar|masthead"
                 r"|(?:site|global|main|page)-?footer|(?:site|global)-?header|footer|footer-\w+"
                 r"|side-?bar\w*|sidenav|right-?(?:rail|col|column)|left-?(?:rail|col|column)|rail"
                 r"|drawer|off-?canvas|megamenu|widget-?area|language-?(?:switch\w*|select\w*)"),
    (BYLINE, r"byline\w*|by-?line|author\w*|bio|dateline|time-?stamp|datetime|post-?(?:date|info"
             r"|meta|details)|pub-?date|publish\w*|entry-?(?:meta|footer|date)|article-?(?:meta"
             r"|info|date|tags|details)|story-?(?:meta|info|date)|meta|meta-?data|tags?|tag-?(?:list"
             r"|links|cloud)|tagcloud|categor(?:y|ies)|cat-?links|read(?:ing)?-?time|reviewer\w*"
             r"|reviewed-?by|contributors?|topics|keywords|posted-?(?:on|in|by)"),
    (CAPTION, r"caption\w*|fig-?caption|credits?|wp-?caption-?(?:text|dd)|photo-?(?:credit|by)"
              r"|image-?(?:credit|source|caption|desc\w*)|copyright|attribution|img-?(?:desc|caption)"
              r"|media-?(?:caption|info|credit)"),
    (POPUP, r"cookies?|cookie-\w+|consent|gdpr|pop-?up|modal|overlay|light-?box|tooltip\w*|dialog"
            r"|sr-?only|visually-?hidden|visuallyhidden|screen-?reader\w*|print-?only|onlyprint"
            r"|cli-[a-z-]+|privacy\w*|no-?display|noprint|element-invisible|a11y-hidden|off-?screen|noscript|hatom-extra"),
    (FEEDBACK, r"testimonials?|testimonial-\w+|feedback|survey|helpful|ratings?|rate-\w+"
               r"|star-rating|poll|votes?|voting|likes?|thumbs|was-this\w*|report-?(?:error|problem)"),
    (TOC, r"toc|tocs?-\w+|table-of-contents?|ez-toc\w*|in-this-(?:article|page|section)"
          r"|on-this-page|jump-?(?:link|to|menu)\w*|anchor-?(?:links|nav|menu)|page-?contents"),
    (REFERENCES, r"references?|reference-?list|citations?|bibliography|footnotes?|article-?sources"
                 r"|sources?-?(?:list|box|section|accordion)|reflist|works-cited"),
    (DISCLAIMER, r"disclaimers?|legal|affiliate-\w+"),
    (BODY, r"(?:article|story|post|entry|blog|news|page|main|body|single)-?(?:body|content|text"
           r"|copy)|articlebody|rich-?text|wysiwyg|field-name-body|field--name-body|mw-parser-output"
           r"|content-?(?:body|text)|td-post-content|prose|post-entry|entry"),
    (CALLOUT, r"call-?out|info-?box|note-?box|highlight-?box|did-you-know|fact-?box|tip-?box|alert"
              r"|admonition|key-?info|warning-?box|notice"),
    (ACCORDION, r"accordion\w*|collaps\w*|faqs?|faq-\w+|expand\w*|toggle\w*|tab-?(?:pane|panel"
                r"|content)|panel-?(?:body|collapse|content)|question\w*|answer\w*|details"),
    (TAKEAWAYS, r"take-?aways?|key-?(?:points?|facts?|takeaways?)|highlights|at-a-glance"
                r"|key-?learnings"),
    (SUMMARY, r"summary|standfirst|dek|lede?|intro|excerpt|deck|sub-?(?:head\w*|title)|abstract"),
    (CARD, r"cards?|tiles?|carousel\w*|slider|swiper\w*|slick\w*|grid-?item|teaser-?item"
           r"|thumbnails?|listing|gallery"),
)  # fmt: skip

# One look behind for all groups: in the midst of a word nothing is tried.
_PATTERN = re.compile(
    "(?<![a-z0-9])(?:"
    + "|".join(f"(?P<w{number}>{words})" for number, (_, words) in enumerate(_WORDS))
    + ")(?![a-z0-9])"
)
_FLAG_OF_GROUP = {f"w{number}": flag for number, (flag, _) in enumerate(_WORDS)}
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
# WordPress lists the taxonomy of a post in its class, in the words of the site's own subjects:
# `post-18 type-post status-publish category-newsletter tag-comments`.
_POST_CLASS = re.compile(r"\btype-[\w-]+.*\bstatus-\w+|\bhentry\b")
# State and taxonomy names say something of the page, not of the element: `has-sidebar`,
# `no-comments`, `sidebar-enabled--false`, WordPress's `category-promotions tag-menu`. Drupal names
# the kind of a field: `entity-reference` is no list of references.
_STATES = re.compile(
    r"(?<![\w-])(?:has|no|not|with|without|under|offset|is|hide|hentry|category|tag|postid|page-id"
    r"|js|u|lg|md|sm|xs|col)-[\w-]+"
    r"|[\w-]+-enabled-+false|entity-reference[\w-]*"
)


@lru_cache(maxsize=32768)
def hints_of(names: str) -> int:
    """The hints of an element's class names and id, as the flags above or-ed together.

    >>> hints_of("ArticleBody__related-links") == BODY | RELATED
    True
    """
    if len(names) > 600:
        names = names[:600]
    if _POST_CLASS.search(names):
        return 0
    spelled = _CAMEL.sub("-", names).lower().replace("_", "-")
    spelled = _STATES.sub(" ", spelled)
    flags = 0
    for found in _PATTERN.finditer(spelled):
        flags |= _FLAG_OF_GROUP[found.lastgroup or ""]
    return flags
