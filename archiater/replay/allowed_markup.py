"""What of an archived page's markup may stand in the view: tables of elements and attributes.

Everything else goes: an element with what it holds where that is code or another document, else
the element alone. Attributes that hold addresses are looked at one by one in `markup`.
"""

from __future__ import annotations

_HTML = """
a abbr address area article aside b base bdi bdo big blockquote br button caption center cite code
col colgroup data datalist dd del details dfn dialog dir div dl dt em fieldset figcaption figure
font footer form h1 h2 h3 h4 h5 h6 header hgroup hr i img input ins kbd label legend li link main
map mark menu meta meter nav nobr ol optgroup option output p picture pre progress q rb rp rt rtc
ruby s samp search section select small source span strike strong style sub summary sup table tbody
td textarea tfoot th thead time title tr tt u ul var video wbr
"""
_SVG = """
svg g path circle ellipse line rect polygon polyline text tspan textPath defs symbol use
linearGradient radialGradient stop clipPath mask pattern marker image desc filter feBlend
feColorMatrix feComponentTransfer feComposite feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur
feMerge feMergeNode feMorphology feOffset feDropShadow
"""
_MATHML = """
math mi mn mo ms mtext mspace mrow mfrac msqrt mroot mstyle merror mpadded mphantom msub msup
msubsup munder mover munderover mmultiscripts mtable mtr mtd semantics
"""
TAGS = frozenset(f"{_HTML} {_SVG} {_MATHML}".split())

_REMOVED_WITH_CONTENT = """
script iframe frame frameset noframes object embed applet template canvas audio portal foreignObject
animate animateTransform animateMotion set handler annotation annotation-xml xmp plaintext noembed
"""
REMOVED_WITH_CONTENT = frozenset(_REMOVED_WITH_CONTENT.split())

# Names of elements with a hyphen that are no custom elements: a parser treats them as its own.
_NOT_CUSTOM = """
annotation-xml color-profile font-face font-face-src font-face-uri font-face-format font-face-name
missing-glyph
"""
NOT_CUSTOM = frozenset(_NOT_CUSTOM.split())

_GENERAL = """
class id style lang dir title role hidden align valign width height bgcolor color face size border
cellpadding cellspacing rules frame summary nowrap clear compact start reversed value type colspan
rowspan headers scope abbr span datetime cite open name label for checked disabled selected multiple
readonly placeholder rows cols min max low high optimum step maxlength alt hspace vspace noshade
background translate slot itemprop itemscope itemtype property tabindex
"""
_SVG_ATTRIBUTES = """
viewBox preserveAspectRatio xmlns version d x y x1 x2 y1 y2 cx cy r rx ry fx fy dx dy points
transform fill fill-opacity fill-rule clip-rule clip-path mask filter marker-start marker-mid
marker-end stroke stroke-width stroke-linecap stroke-linejoin stroke-miterlimit stroke-dasharray
stroke-dashoffset stroke-opacity opacity offset stop-color stop-opacity gradientUnits
gradientTransform spreadMethod patternUnits patternTransform patternContentUnits maskUnits
maskContentUnits clipPathUnits markerWidth markerHeight markerUnits orient refX refY text-anchor
dominant-baseline font-family font-size font-weight font-style letter-spacing textLength
lengthAdjust rotate startOffset focusable vector-effect shape-rendering in in2 result stdDeviation
values operator k1 k2 k3 k4 mode flood-color flood-opacity color-interpolation-filters tableValues
slope intercept amplitude exponent display visibility overflow
"""
_MATHML_ATTRIBUTES = """
mathvariant mathsize mathcolor mathbackground displaystyle scriptlevel stretchy symmetric lspace
rspace accent accentunder fence separator linethickness columnalign rowalign columnspacing
rowspacing
"""
# With a colon: in SVG it has a namespace, which the sanitiser writes out again.
_ADDRESSES = {
    "a": "href",
    "area": "href shape coords",
    "base": "href",
    "link": "href rel media as",
    "meta": "name content",
    "img": "src srcset sizes usemap ismap loading",
    "source": "srcset sizes media",
    "input": "src",
    "video": "poster",
    "use": "href xlink:href",
    "image": "href xlink:href",
    "textPath": "href xlink:href",
    "linearGradient": "href xlink:href",
    "radialGradient": "href xlink:href",
    "pattern": "href xlink:href",
}
ATTRIBUTES: dict[str, frozenset[str]] = {
    "*": frozenset(f"{_GENERAL} {_SVG_ATTRIBUTES} {_MATHML_ATTRIBUTES}".split()),
    **{tag: frozenset(names.split()) for tag, names in _ADDRESSES.items()},
}
PREFIXES = frozenset({"data-", "aria-"})
SCHEMES = frozenset({"http", "https", "data"})

_STYLED = "style fill stroke filter mask clip-path marker-start marker-mid marker-end"
STYLED = frozenset(_STYLED.split())
"""Attributes in which addresses stand as in a style sheet."""
