"""Labels of pages that are paid for, one line a language: rows for the index of `phrases`.

Words that head any advertisement too ("Anzeige", "광고", "Реклама", "PR") are left out: on most
pages they speak of a banner.
"""

# ruff: noqa: E501 (one language a line)

from __future__ import annotations

_LINES = {
    "en": "Presented by|Advertiser content|Content from our sponsor|Sponsor content|Sponsored feature"
    "|Content sponsored by|This article is sponsored by|This content is sponsored by|Paid for by"
    "|Paid program|Paid advertisement feature|Advertising feature|Promotional feature"
    "|In association with|This article was paid for by",
    "id": "Artikel bersponsor|Konten sponsor|Disponsori oleh|Dipersembahkan oleh|Artikel ini disponsori",
    "ms": "Kandungan tajaan|Artikel tajaan|Ditaja oleh|Dipersembahkan oleh|Kandungan berbayar",
    "fil": "Sponsored ng|Inisponsoran ng|Handog ng|Bayad na nilalaman",
    "vi": "Được tài trợ|Được tài trợ bởi|Bài tài trợ|Bài viết tài trợ|Nội dung tài trợ|Bài viết quảng cáo",
    "th": "เนื้อหาสนับสนุน|เนื้อหาที่ได้รับการสนับสนุน|ได้รับการสนับสนุนโดย|บทความโฆษณา|เนื้อหาสปอนเซอร์",
    "zh-Hant": "贊助文章|廣告企劃|廣告專輯|特約贊助|商業合作內容",
    "zh-Hans": "赞助内容|赞助文章|推广内容|商业推广|广告合作|商业合作内容",
    "hi": "प्रायोजित लेख|प्रायोजित सामग्री|विज्ञापन लेख",
    "mr": "प्रायोजित लेख|प्रायोजित मजकूर",
    "es": "Contenido de marca|Artículo patrocinado|Contenido promocionado|Contenido ofrecido por",
    "pt": "Artigo patrocinado|Conteúdo de marca|Patrocinado por|Oferecido por|Apresentado por",
    "fr": "En partenariat avec|Contenu de marque|Contenu partenaire|Article sponsorisé|Contenu sponsorisé par",
    "de": "Sponsored Post|Bezahlte Partnerschaft|Gesponserter Beitrag|Gesponsert von|Präsentiert von"
    "|Werbebeitrag|Anzeigensonderveröffentlichung|Werbliche Sonderveröffentlichung",
    "it": "Articolo sponsorizzato|Sponsorizzato da|Contenuto promozionale|Informazione pubblicitaria",
    "nl": "Gesponsord|Gesponsorde content|Gesponsord artikel|Gesponsord door|Betaalde samenwerking"
    "|Partnerbijdrage",
    "tr": "Sponsorlu içerik|Sponsorlu|Sponsor içerik|Reklam içeriği|Sponsorlu makale",
    "ar": "محتوى برعاية|مقال برعاية|برعاية|محتوى دعائي|محتوى مدفوع|مقال مدفوع",
    "fa": "رپورتاژ آگهی|محتوای حمایت شده|محتوای تبلیغاتی|با حمایت مالی",
    "ja": "広告企画|記事広告|スポンサードコンテンツ|タイアップ記事|タイアップ広告|提供記事",
    "ko": "광고성 콘텐츠|협찬 콘텐츠|스폰서 콘텐츠|광고 콘텐츠|유료광고 포함|유료 광고 포함",
    "ru": "Спонсорский материал|Рекламный материал|Партнёрский проект|Партнерский проект"
    "|Спонсор материала|Материал подготовлен при поддержке",
    "pl": "Materiał promocyjny|Współpraca reklamowa|Artykuł partnerski|Treść sponsorowana",
    "ro": "Conținut sponsorizat|Articol sponsorizat|Sponsorizat de|Material publicitar|Advertorial",
    "ca": "Contingut patrocinat|Article patrocinat|Patrocinat per|Contingut de marca",
    "uz": "Homiylik maqolasi|Reklama huquqi asosida|Homiy tomonidan",
    "el": "Χορηγούμενο άρθρο|Χορηγούμενο περιεχόμενο|Διαφημιστικό κείμενο|Προωθητικό άρθρο",
    "km": "មាតិកាឧបត្ថម្ភ|ឧបត្ថម្ភដោយ",
    "my": "ကြော်ငြာဆောင်းပါး",
}

SPONSOR_PHRASES: dict[str, tuple[str, ...]] = {
    language: tuple(line.split("|")) for language, line in _LINES.items()
}
