"""Pages of broken, rare or hidden characters, of attributes at length, and of odd markup."""

from __future__ import annotations

from random import Random

from tests.articles.hostile.markup import SENTENCE, hostile, page


@hostile
def one_attribute_of_five_megabytes() -> str:
    return page(f"<p title='{'x' * 5_000_000}'>fever</p>")


@hostile
def one_class_of_five_megabytes() -> str:
    return page(
        f"<div class='{'related card-x ' * 330_000}' id='{'a-b_' * 100_000}'>{SENTENCE}</div>"
    )


@hostile
def one_style_of_five_megabytes() -> str:
    return page(f"<div style='{'display  ' * 500_000}:none'>{SENTENCE}</div>")


@hostile
def one_address_of_five_megabytes() -> str:
    return page(f"<p><a href='http://x.example/{'%20/' * 1_200_000}'>fever</a> {SENTENCE}</p>")


@hostile
def one_language_of_five_megabytes() -> str:
    return page("", attributes=f"lang='{'en-' * 1_600_000}'").replace("lang=en ", "")


@hostile
def attributes_up_to_the_limit() -> str:
    crowded = "<p " + " ".join(f"a{n}=1" for n in range(4_900)) + ">fever"
    return page(crowded * 4)


@hostile
def attributes_behind_a_comment_in_a_value() -> str:
    crowd = " ".join(f"a{n}=1" for n in range(60_000))
    return page(f"<p a='<!--' {crowd}>fever") + page(f'<p a="> <!--" {crowd}>fever')


@hostile
def attributes_around_tags_in_values() -> str:
    return page("<p " + " ".join(f'a{n}="<b>"' for n in range(60_000)) + ">fever")


@hostile
def tags_in_values_in_short_tags() -> str:
    values = " ".join(f"""a{n}='{"<a" * 149}'""" for n in range(14))
    return page(f"<p {values}>fever</p>" * 90)


@hostile
def a_long_comment() -> str:
    return page("<p>fever</p><!-- " + "cough and fever " * 100_000 + "-->")


@hostile
def many_elements_of_many_attributes() -> str:
    crowded = "<p " + " ".join(f"a{n}=1" for n in range(80)) + ">fever"
    return page(crowded * 20_000)


@hostile
def attributes_with_nulls() -> bytes:
    return page("<p ti\0tle='\0\0' \0=1 class='a\0b'>fever</p>" * 30_000).encode()


@hostile
def nulls() -> bytes:
    return page("<p>fe\0ver" + "\0" * 3_000_000).encode()


@hostile
def only_nulls() -> bytes:
    return b"\0" * 15_000_000


@hostile
def control_characters() -> str:
    return page("<p>" + "".join(map(chr, range(1, 32))) * 100_000)


@hostile
def broken_utf8() -> bytes:
    return page("<p>").encode() + b"fever \xff\xfe\xc3\x28 \xe2\x82 \xf0\x9f " * 138_000


@hostile
def lead_bytes() -> bytes:
    return page("<p>").encode() + b"\xe2" * 2_400_000


@hostile
def twice_encoded_text() -> bytes:
    return page("<p>" + "canâ€™t " * 400_000).encode()


@hostile
def almost_twice_encoded_text() -> bytes:
    return page("<p>" + "â€\u0099Â " * 430_000 + "\xe2\x80 " * 185_000).encode()


@hostile
def surrogates() -> str:
    return page("<p>" + "\ud800 \udfff fever &#xD800; &#x110000; &#0; " * 100_000)


@hostile
def entities() -> str:
    return page("<p>" + "&amp;lt;&nbsp;&#8217;&hearts;&bogus; " * 120_000)


@hostile
def entities_of_a_doctype() -> str:
    doctype = '<!DOCTYPE html [<!ENTITY a "fever fever">' + "".join(
        f'<!ENTITY a{n} "&a{n - 1};&a{n - 1};">' for n in range(1, 60)
    )
    return doctype + "]>" + page("<p>&a59;&a;</p>")


@hostile
def long_entities() -> str:
    return page("<p>&" + "a" * 2_400_000 + ";&#" + "9" * 2_400_000 + ";")


@hostile
def combining_marks() -> str:
    return page(
        "<p>By A" + "\u0301\u0323" * 600_000 + "</p>" + "<p>Reviewed by A\u0301\u0323" * 7_500
    )


@hostile
def combining_marks_out_of_order() -> str:
    return page("<p>By A" + "\u0301\u0316\u0334" * 300_000)


@hostile
def bidi_marks() -> str:
    return page("<p>Reviewed by " + "\u202e\u2066\u200f" * 500_000 + "Ada Roe, MD</p>")


@hostile
def soft_hyphens() -> str:
    return page("<p>" + "fe\u00adver " * 340_000)


@hostile
def ligatures_that_grow() -> str:
    return page("<p>By " + "\ufdfa" * 600_000 + "</p><h1>" + "\ufdfa" * 100_000 + "</h1>")


@hostile
def utf16() -> bytes:
    return page(f"<p>{SENTENCE}" * 20_000).encode("utf-16")


@hostile
def utf16_without_a_mark() -> bytes:
    return page(f"<p>{SENTENCE}" * 20_000).encode("utf-16-le")


@hostile
def utf16_of_nested_tags() -> bytes:
    return page("<div>" * 100_000).encode("utf-16-be")


@hostile
def utf16_in_which_angle_brackets_hide() -> bytes:
    return "\ufeff".encode("utf-16-le") + ("\u3c3c" * 3_000_000 + page("")).encode("utf-16-le")


@hostile
def escapes_of_iso2022() -> bytes:
    return b"<meta charset=iso-2022-jp>" + page("<p>").encode() + b"\x1b$B\x1b(B" * 1_000_000


@hostile
def utf7_label() -> bytes:
    return b"<meta charset=utf-7>" + page("<p>").encode() + b"+ADw-script+AD4- \xe9" * 130_000


@hostile
def charset_declarations() -> bytes:
    return b"<meta " * 190_000 + page("").encode("latin-1") + b"\xe9"


@hostile
def zip_of_office() -> bytes:
    return b"PK\x03\x04" + Random(1).randbytes(5_000_000)  # noqa: S311


@hostile
def random_bytes() -> bytes:
    return Random(2).randbytes(10_000_000)  # noqa: S311


@hostile
def random_bytes_in_a_page() -> bytes:
    return page("<p>").encode() + Random(3).randbytes(3_000_000)  # noqa: S311


@hostile
def random_letters_of_markup() -> str:
    return "".join(Random(4).choices("<>/='\" abp!-&;#", k=1_000_000))  # noqa: S311


@hostile
def only_angle_brackets() -> bytes:
    return b"<" * 15_000_000


@hostile
def angle_brackets() -> str:
    return page("<" * 190_000)


@hostile
def closing_angle_brackets() -> bytes:
    return b"<p>" + b">" * 2_400_000


@hostile
def closing_tags() -> str:
    return page("</p></div></x>" * 60_000)


@hostile
def closing_tags_inside_deep_nesting() -> str:
    return page("<i>" * 1_900 + "</b></p></u>" * 60_000)


@hostile
def unknown_tags() -> str:
    return page("".join(f"<x-{n}>fever</x-{n}>" for n in range(24_000)))


@hostile
def comments() -> str:
    return page("<!-- fever -->" * 190_000)


@hostile
def one_comment_of_fifteen_megabytes() -> str:
    return page("<!-- " + "- " * 7_000_000 + "--><p>fever")


@hostile
def half_comments() -> str:
    return page("<!-" * 95_000 + "<!--" * 95_000)


@hostile
def processing_instructions() -> str:
    return page("<?php echo 1 ?>" * 190_000)


@hostile
def cdata() -> str:
    return page("<![CDATA[ fever ]]>" * 190_000)


@hostile
def scripts_only() -> str:
    return "<html><head>" + "<script>var fever = '<p>cough</p>';</script>" * 24_000


@hostile
def one_script_of_fifteen_megabytes() -> str:
    return "<script>" + "var a = 1;" * 1_500_000


@hostile
def styles() -> str:
    return page("<style>.a{color:red}</style>" * 37_500)


@hostile
def frames() -> str:
    return "<frameset>" + "<frame src=/a>" * 24_000


@hostile
def noscripts() -> str:
    return page("<noscript><p>fever</p></noscript>" * 12_000)


@hostile
def drawings() -> str:
    return page("<svg><g><path d='M0 0'/></g></svg>" * 8_000 + "<math><mi>a</mi></math>" * 7_500)


@hostile
def forms_and_selects() -> str:
    return page("<form><select>" + "<option>fever" * 23_000)


@hostile
def templates() -> str:
    return page("<template><div>" * 900 + "fever")


@hostile
def plaintext() -> str:
    return page("<plaintext>" + "<p>fever" * 140_000)
