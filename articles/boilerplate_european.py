"""What publishers put around their texts in the languages of Europe, English aside.

In the same form as `boilerplate_asian`. Read by `boilerplate` at import.
"""

from __future__ import annotations

EUROPEAN: dict[str, dict[str, str]] = {
    "es": {
        "ad": (
            "publicidad|anuncio|anuncios|contenido [patrocinado,promocionado]|patrocinado[, por]"
            "|continúa después de la publicidad|el artículo continúa después [del anuncio,de la"
            " publicidad]"
        ),
        "feedback": (
            "¿[te,le] [ha sido útil,ha resultado útil,resultó útil,fue útil,ha gustado,sirvió]"
            " [este artículo,esta página,esta información]?|¿fue útil [este artículo,esta"
            " página,esta información]?|¿esta información [te,le] [resultó,ha sido] útil?"
            "|[valora,califica] este artículo|gracias por [tu,su] [opinión,comentario,valoración]"
        ),
        "newsletter": (
            "suscríbete[, ahora, gratis, a nuestra newsletter, a nuestro boletín]|suscríbase[,"
            " ahora, a nuestro boletín]|suscribirse|boletín|boletines|introduce tu"
            " [email,correo,correo electrónico]|descarga [la app,nuestra app]|descargar la app"
            "|recibe nuestro boletín|regístrate[, gratis]"
        ),
        "share": (
            "compartir[, artículo, en facebook, en twitter, en whatsapp, por correo]|comparte[,"
            " este artículo, esta noticia]|copiar enlace|enlace copiado|síguenos[, en facebook,"
            " en instagram, en redes sociales]|imprimir|guardar artículo"
        ),
        "consult": (
            "pregunta a un [médico,especialista,doctor]|pregunte a un [médico,experto]|pide"
            " [cita,tu cita]|pedir cita|solicitar cita|solicita [cita,tu cita]|reserva [cita,tu"
            " cita]|encuentra un [médico,especialista]|agenda tu cita|chatea con un médico"
        ),
        "related": (
            "artículos relacionados|noticias relacionadas|contenido relacionado|temas"
            " relacionados|[te,le] puede interesar|también [te,le] puede interesar|te puede"
            " gustar|lee también|lea también|ver [más,todo,todos]|leer más|más noticias|lo más"
            " [leído,visto]|más sobre este tema|no te pierdas|recomendado para ti|quizás te"
            " interese|sigue leyendo"
        ),
        "continue": (
            "seguir leyendo|continuar leyendo|volver [arriba,al inicio]|mostrar [más,menos]"
        ),
        "comment": (
            "comentarios|deja [un,tu] comentario|escribe un comentario|ver comentarios|sin"
            " comentarios"
        ),
        "control": (
            "política de [privacidad,cookies]|aviso de privacidad|términos y condiciones|todos"
            " los derechos reservados|aceptar [todo,todas,cookies,todas las cookies]|iniciar"
            " sesión|este sitio [web,] utiliza cookies|configurar cookies"
        ),
        "lead": (
            "lee también|lea también|te puede interesar|le puede interesar|también te puede"
            " interesar|ver también|leer también|más información|noticia relacionada|artículo"
            " relacionado|te recomendamos"
        ),
    },
    "pt": {
        "ad": (
            "publicidade|anúncio|conteúdo [patrocinado,publicitário]|patrocinado[, por]"
            "|[continua,continue lendo,continue a ler] após a publicidade"
        ),
        "feedback": (
            "[este,esse] [artigo,conteúdo] foi útil[, para você, para si]?|[esta,essa]"
            " [página,informação] foi útil[, para você]?|[avalie,classifique] este artigo|você"
            " achou este [artigo,conteúdo] útil?|obrigado [pelo seu feedback,pela sua opinião]|o"
            " que achou deste artigo?"
        ),
        "newsletter": (
            "inscreva-se[, já, agora, na nossa newsletter, em nossa newsletter]|assine[, já,"
            " nossa newsletter, a nossa newsletter]|cadastre-se[, grátis]|subscreva[, a nossa"
            " newsletter]|baixe o [app,aplicativo]|descarregue a app|receba nossa newsletter"
            "|digite seu [e-mail,email]"
        ),
        "share": (
            "compartilhar[, no facebook, no whatsapp, este artigo]|compartilhe[, este artigo,"
            " esta notícia]|partilhar[, no facebook, este artigo]|partilhe[, este artigo]|copiar"
            " link|link copiado|siga-nos[, no instagram, no facebook]|imprimir"
        ),
        "consult": (
            "pergunte a um [médico,especialista]|fale com um [médico,especialista]"
            "|[agende,marque] [uma consulta,sua consulta,a sua consulta]|agendar consulta|marcar"
            " consulta|encontre um médico|consulte um médico online|tire suas dúvidas"
        ),
        "related": (
            "artigos relacionados|notícias relacionadas|conteúdo relacionado|leia também|leia"
            " mais|veja também|veja mais|saiba mais|mais lidas|mais lidos|ver [mais,tudo,todos]"
            "|você [pode,também pode] gostar|pode [gostar,interessar]|[te,lhe] pode interessar"
            "|mais sobre este tema|não perca|recomendado para você"
        ),
        "continue": (
            "continuar [lendo,a ler]|continue [lendo,a ler]|voltar ao topo|mostrar [mais,menos]"
        ),
        "comment": (
            "comentários|deixe [um,seu,o seu] comentário|escreva um comentário|sem comentários"
        ),
        "control": (
            "política de [privacidade,cookies]|termos [de uso,e condições]|todos os direitos"
            " reservados|aceitar [tudo,todos,cookies,todos os cookies]|este site [usa,utiliza]"
            " cookies|iniciar sessão"
        ),
        "lead": (
            "leia também|leia mais|veja também|saiba mais|ler também|veja mais|confira também"
        ),
    },
    "fr": {
        "ad": (
            "publicité|pub|annonce|annonces|contenu [sponsorisé,partenaire]|sponsorisé[, par]|la"
            " suite après [la publicité,cette publicité]|publicité - la suite ci-dessous"
        ),
        "feedback": (
            "[cet article,cette page,cette information] vous a-t-[il,elle] [été utile,aidé,plu]?"
            "|avez-vous trouvé [cet article,cette page] utile?|[cet article,cette page]"
            " est-[il,elle] utile?|notez [cet,notre] article|merci [pour,de] votre [avis,retour]"
            "|donnez votre avis"
        ),
        "newsletter": (
            "s'abonner[, à la newsletter]|abonnez-vous[, à notre newsletter, gratuitement]"
            "|inscrivez-vous[, à notre newsletter, gratuitement]|s'inscrire[, à la newsletter]|je"
            " m'abonne|je m'inscris|recevoir la newsletter|votre [email,e-mail,adresse e-mail]"
            "|télécharger l'application|téléchargez [l'application,notre application]"
        ),
        "share": (
            "partager[, l'article, cet article, sur facebook, sur twitter, par e-mail]|partagez[,"
            " cet article]|copier le lien|lien copié|suivez-nous[, sur facebook, sur instagram]"
            "|imprimer|enregistrer l'article"
        ),
        "consult": (
            "[posez,poser] [votre,une] question[, à un médecin, à un expert, à nos experts]"
            "|prendre rendez-vous[, en ligne]|prenez rendez-vous[, en ligne]|trouver un médecin"
            "|trouvez un médecin|consulter un médecin en ligne|demander un rendez-vous"
        ),
        "related": (
            "articles [similaires,liés,associés,connexes]|à lire aussi|lire aussi|à voir aussi"
            "|voir aussi|en savoir plus|sur le même [sujet,thème]|à découvrir[, aussi]|ça peut"
            " vous intéresser|vous aimerez aussi|cela peut vous intéresser|voir [plus,tout]|les"
            " plus lus|lire la suite|à lire également|dans la même rubrique|nos autres articles"
        ),
        "continue": (
            "lire la suite|poursuivre la lecture|continuer la lecture|retour en haut|haut de page"
            "|afficher [plus,moins]|lire plus"
        ),
        "comment": (
            "commentaires|laisser un commentaire|ajouter un commentaire|voir les commentaires"
            "|aucun commentaire"
        ),
        "control": (
            "politique de confidentialité|mentions légales|conditions générales[, d'utilisation]"
            "|tous droits réservés|tout accepter|accepter[, tout, les cookies]|gérer les cookies"
            "|se connecter|ce site utilise des cookies|paramétrer les cookies"
        ),
        "lead": (
            "à lire aussi|lire aussi|à lire également|voir aussi|à voir aussi|sur le même sujet"
            "|lire également|à découvrir"
        ),
    },
    "de": {
        "ad": (
            "anzeige|werbung|gesponsert|gesponserter [inhalt,beitrag]|bezahlte anzeige"
            "|advertorial|artikel wird nach der [anzeige,werbung] fortgesetzt|weiterlesen nach"
            " der anzeige"
        ),
        "feedback": (
            "war [dieser artikel,dieser beitrag,diese seite,diese information]"
            " [hilfreich,nützlich][, für sie]?|fanden sie [diesen artikel,diesen beitrag,diese"
            " seite] hilfreich?|hat ihnen [dieser artikel,dieser beitrag] [gefallen,geholfen]?"
            "|artikel bewerten|wie hat ihnen [der artikel,dieser artikel] gefallen?|vielen dank"
            " für [ihr feedback,ihre bewertung]|fehler melden"
        ),
        "newsletter": (
            "abonnieren|newsletter [abonnieren,bestellen]|jetzt"
            " [abonnieren,anmelden,registrieren]|[zum,für den] newsletter anmelden|kostenlos"
            " anmelden|zur newsletter-anmeldung|ihre e-mail-adresse|app [herunterladen,laden]"
            "|jetzt app [herunterladen,laden]|hier anmelden"
        ),
        "share": (
            "teilen[, sie diesen artikel]|artikel [teilen,drucken,merken,versenden]|auf"
            " [facebook,twitter,whatsapp,linkedin] teilen|per e-mail teilen|link kopieren|link"
            " kopiert|folgen sie uns[, auf facebook, auf instagram]|drucken|seite drucken"
        ),
        "consult": (
            "fragen sie [unsere experten,den experten,einen arzt]|arzt [finden,suchen,fragen]"
            "|arztsuche|termin [vereinbaren,buchen]|jetzt termin [vereinbaren,buchen]|online"
            " termin [vereinbaren,buchen]|expertenrat|symptom-checker|mit einem arzt sprechen"
        ),
        "related": (
            "ähnliche [artikel,beiträge,themen]|verwandte [artikel,themen,beiträge]|weitere"
            " [artikel,themen,beiträge,artikel zum thema]|auch interessant|mehr zum thema|zum"
            " thema|lesen sie auch|lesen sie mehr|mehr lesen|das könnte [sie,dich,ihnen] auch"
            " [interessieren,gefallen]|passend zum thema|meistgelesen|meistgelesene artikel|alle"
            " anzeigen|mehr anzeigen|empfohlene artikel|weitere informationen zum thema"
        ),
        "continue": (
            "weiterlesen|weiter lesen|jetzt weiterlesen|nach oben|zum seitenanfang|mehr"
            " [erfahren,anzeigen]|weniger anzeigen"
        ),
        "comment": (
            "kommentare|kommentieren|kommentar [schreiben,verfassen,hinterlassen]|keine"
            " kommentare|kommentare anzeigen"
        ),
        "control": (
            "datenschutz|datenschutzerklärung|impressum|nutzungsbedingungen|agb|alle rechte"
            " vorbehalten|alle [akzeptieren,cookies akzeptieren]|cookie-einstellungen|einloggen"
            "|diese [website,seite] verwendet cookies|schließen"
        ),
        "lead": (
            "lesen sie auch|lesen sie mehr|mehr zum thema|auch interessant|lesen sie hier|siehe"
            " auch|lesetipp|passend dazu"
        ),
    },
    "it": {
        "ad": (
            "pubblicità|annuncio|annunci|contenuto [sponsorizzato,promozionale]|sponsorizzato[,"
            " da]|l'articolo continua dopo la pubblicità|continua dopo la pubblicità"
        ),
        "feedback": (
            "[questo articolo,questa pagina,questa informazione] [ti,le] è [stato,stata] utile?"
            "|hai trovato utile [questo articolo,questa pagina]?|[questo articolo,questa pagina]"
            " è [stato,stata] utile?|vota [questo articolo,l'articolo]|grazie per il tuo"
            " [feedback,contributo]"
        ),
        "newsletter": (
            "iscriviti[, ora, alla newsletter, alla nostra newsletter, gratis]|abbonati[, ora]"
            "|registrati[, ora]|inserisci la tua [email,e-mail]|scarica [l'app,la nostra app]"
            "|ricevi la newsletter"
        ),
        "share": (
            "condividi[, su facebook, su whatsapp, questo articolo, l'articolo]|copia [link,il"
            " link]|link copiato|seguici[, su facebook, su instagram]|stampa[, l'articolo]"
        ),
        "consult": (
            "chiedi [all'esperto,al medico,a un medico,a un esperto]|prenota [una visita,un"
            " appuntamento,ora]|trova un medico|consulta un medico online|fai una domanda"
        ),
        "related": (
            "articoli correlati|notizie correlate|contenuti correlati|leggi anche|ti"
            " [potrebbe,può] interessare[, anche]|potrebbe interessarti[, anche]|vedi anche"
            "|guarda anche|leggi di più|scopri di più|vedi tutti|i più letti|altri articoli"
            "|argomenti correlati|per approfondire"
        ),
        "continue": (
            "continua a leggere|leggi tutto|torna su|torna all'inizio|mostra [di più,meno]"
        ),
        "comment": "commenti|lascia un commento|scrivi un commento|nessun commento",
        "control": (
            "informativa sulla privacy|privacy policy|cookie policy|termini e condizioni|tutti i"
            " diritti riservati|accetta [tutto,tutti,i cookie,tutti i cookie]|accedi|questo sito"
            " utilizza i cookie|chiudi"
        ),
        "lead": (
            "leggi anche|vedi anche|guarda anche|ti potrebbe interessare|potrebbe interessarti"
            "|per approfondire|scopri anche"
        ),
    },
    "nl": {
        "ad": (
            "advertentie|advertenties|gesponsord|gesponsorde [inhoud,content]|artikel gaat verder"
            " na [de advertentie,advertentie]|lees verder na de advertentie"
        ),
        "feedback": (
            "was [dit artikel,deze pagina,deze informatie] [nuttig,behulpzaam][, voor u, voor"
            " jou]?|vond [u,je] [dit artikel,deze pagina] [nuttig,behulpzaam]?|heeft dit artikel"
            " [u,je] geholpen?|beoordeel dit artikel|bedankt voor [uw,je] [feedback,reactie]"
        ),
        "newsletter": (
            "abonneren|abonneer[, nu]|schrijf [je,u] in[, voor onze nieuwsbrief, voor de"
            " nieuwsbrief]|inschrijven[, voor de nieuwsbrief]|meld [je,u] aan[, voor de"
            " nieuwsbrief]|nieuwsbrief|download de app|[uw,je] e-mailadres"
        ),
        "share": (
            "delen[, via facebook, via whatsapp, op facebook]|deel [dit,dit artikel,deze pagina]"
            "|link kopiëren|kopieer link|link gekopieerd|volg ons[, op facebook, op instagram]"
            "|afdrukken|printen"
        ),
        "consult": (
            "vraag het [de dokter,een arts,de expert]|stel [een,uw,je] vraag[, aan een arts]|maak"
            " een afspraak|afspraak maken|zoek een arts|vind een arts"
        ),
        "related": (
            "gerelateerde [artikelen,onderwerpen]|lees ook|lees meer|lees verder|meer over dit"
            " onderwerp|bekijk ook|zie ook|dit vind je misschien ook interessant|bekijk"
            " [alles,alle artikelen]|meest gelezen|meer artikelen|ook interessant|aanbevolen"
            " artikelen"
        ),
        "continue": ("verder lezen|lees verder|terug naar boven|naar boven|toon [meer,minder]"),
        "comment": "reageren|plaats een reactie|geef een reactie|geen reacties",
        "control": (
            "privacybeleid|privacyverklaring|cookiebeleid|algemene voorwaarden|alle rechten"
            " voorbehouden|alles accepteren|cookies accepteren|inloggen|deze website gebruikt"
            " cookies|sluiten"
        ),
        "lead": ("lees ook|lees meer|lees verder|bekijk ook|zie ook|ook interessant|meer lezen"),
    },
    "tr": {
        "ad": "reklam|reklamlar|sponsorlu[, içerik]|ilan|haberin devamı reklamdan sonra",
        "feedback": (
            "bu [makale,yazı,sayfa,içerik,bilgi] [faydalı,yararlı,yardımcı] oldu mu?|bu"
            " [yazı,makale] işinize yaradı mı?|bu [yazıyı,makaleyi] [faydalı,yararlı] buldunuz"
            " mu?|geri bildiriminiz için teşekkürler|[yazıyı,makaleyi] değerlendirin"
        ),
        "newsletter": (
            "abone ol|abone olun|bültene abone ol|bültenimize [abone olun,kaydolun]|e-posta"
            " adresiniz|uygulamayı indir|uygulamamızı indirin|kaydol|üye ol"
        ),
        "share": (
            "paylaş|bu [yazıyı,makaleyi,haberi] paylaş|facebook'ta paylaş|bağlantıyı kopyala"
            "|linki kopyala|bizi takip edin|yazdır"
        ),
        "consult": (
            "doktora [sor,sorun]|uzmana [sor,sorun]|randevu [al,alın,oluştur]|online randevu[,"
            " al]|doktor bul|hemen randevu al|bize ulaşın"
        ),
        "related": (
            "ilgili [yazılar,haberler,makaleler,içerikler,konular]|benzer"
            " [yazılar,haberler,içerikler]|bunları da okuyun|ayrıca okuyun|bunlar da ilginizi"
            " çekebilir|ilginizi çekebilir|önerilen yazılar|tümünü gör|daha fazla|son yazılar|en"
            " çok okunanlar"
        ),
        "continue": "devamını oku|okumaya devam et|yukarı çık|başa dön|daha fazla göster",
        "comment": "yorumlar|yorum [yap,yaz,yapın]|henüz yorum yok",
        "control": (
            "gizlilik politikası|kullanım koşulları|tüm hakları saklıdır|tümünü kabul et"
            "|çerezleri kabul et|çerez politikası|giriş yap|bu site çerez kullanmaktadır|kapat"
        ),
        "lead": (
            "ilgili haber|ayrıca okuyun|bunu da okuyun|ilginizi çekebilir|i̇lginizi çekebilir"
            "|ilgili yazı|i̇lgili haber"
        ),
    },
    "ru": {
        "ad": (
            "реклама|на правах рекламы|рекламный материал|партнёрский материал|партнерский"
            " материал|спонсорский материал|продолжение после рекламы|продолжение статьи после"
            " рекламы"
        ),
        "feedback": (
            "[была ли эта статья,была ли эта информация,была ли статья] [полезна,полезной][, для"
            " вас]?|статья была [полезна,полезной]?|вам [помогла,понравилась] [эта"
            " статья,статья]?|[полезна ли,помогла ли вам] [эта статья,статья]?|оцените статью"
            "|оценить статью|спасибо за [ваш отзыв,отзыв,оценку]|сообщить об ошибке"
        ),
        "newsletter": (
            "подписаться[, на рассылку, на новости]|подпишитесь[, на рассылку, на нашу рассылку,"
            " на наш канал]|подписка[, на рассылку]|введите [ваш,свой] [email,e-mail]|скачать"
            " приложение|скачайте приложение|зарегистрироваться"
        ),
        "share": (
            "поделиться[, статьёй, статьей, ссылкой, в соцсетях, с друзьями]|поделитесь"
            " [статьёй,статьей,с друзьями]|скопировать ссылку|ссылка скопирована|читайте нас в"
            " [telegram,телеграме]|следите за нами|распечатать|версия для печати"
        ),
        "consult": (
            "задать вопрос[, врачу, специалисту, эксперту]|задайте вопрос[, врачу]|записаться[,"
            " на приём, на прием, к врачу, онлайн]|запись [на приём,на прием,к врачу]|найти врача"
            "|консультация врача онлайн|спросить врача|онлайн-консультация"
        ),
        "related": (
            "читайте также|читать также|смотрите также|похожие [статьи,материалы,записи]|статьи"
            " по теме|материалы по теме|по теме|ещё по теме|еще по теме|вам [может быть"
            " интересно,будет интересно,также может понравиться]|рекомендуем[, прочитать]|другие"
            " статьи|связанные статьи|популярные статьи|смотреть все|показать ещё|показать еще"
            "|узнать больше"
        ),
        "continue": (
            "читать далее|читать дальше|читать полностью|продолжить чтение|наверх|вернуться"
            " наверх|развернуть|свернуть"
        ),
        "comment": (
            "комментарии|оставить комментарий|оставьте комментарий|добавить комментарий"
            "|комментариев нет|написать комментарий"
        ),
        "control": (
            "политика конфиденциальности|пользовательское соглашение|все права защищены|принять"
            " [все,всё]|войти|мы используем [cookie,cookies,файлы cookie]|закрыть"
        ),
        "lead": (
            "читайте также|читать также|смотрите также|читайте ещё|читайте еще|по теме|подробнее"
            "|читайте по теме|материал по теме"
        ),
    },
    "pl": {
        "ad": (
            "reklama|reklamy|artykuł sponsorowany|materiał [sponsorowany,promocyjny,partnera]"
            "|art. sponsorowany|dalsza część artykułu pod [reklamą,materiałem wideo]|ciąg dalszy"
            " pod reklamą"
        ),
        "feedback": (
            "czy ten artykuł [był,okazał się] [pomocny,przydatny]?|czy [artykuł,artykuł był,ta"
            " strona była,ta informacja była] [pomocny,przydatny,pomocna,przydatna]?|czy artykuł"
            " był dla ciebie [pomocny,przydatny]?|oceń [artykuł,ten artykuł]|dziękujemy za"
            " [opinię,twoją opinię,ocenę]|zgłoś błąd"
        ),
        "newsletter": (
            "zapisz się[, do newslettera, na newsletter]|subskrybuj|newsletter|zasubskrybuj|twój"
            " adres e-mail|podaj [adres e-mail,swój e-mail]|pobierz aplikację|zarejestruj się"
        ),
        "share": (
            "udostępnij[, na facebooku, artykuł]|podziel się[, artykułem]|poleć znajomym|skopiuj"
            " link|kopiuj link|link skopiowany|obserwuj nas[, na facebooku, na instagramie]"
            "|drukuj"
        ),
        "consult": (
            "zapytaj [lekarza,eksperta,specjalistę]|umów [wizytę,się na wizytę,konsultację][,"
            " online]|znajdź lekarza|zadaj pytanie[, lekarzowi, ekspertowi]|skonsultuj się online"
            "|e-konsultacja|telekonsultacja"
        ),
        "related": (
            "powiązane [artykuły,tematy]|podobne artykuły|polecane[, artykuły]|polecamy[, także,"
            " również]|zobacz [także,też,również,więcej,wszystkie]|czytaj"
            " [także,też,również,więcej]|przeczytaj [także,też,również]|przeczytaj|sprawdź"
            " [także,też,również]|najczęściej czytane|najnowsze artykuły|to może cię"
            " zainteresować|może cię zainteresować|więcej na ten temat|warto przeczytać"
        ),
        "continue": (
            "czytaj dalej|czytaj całość|wróć na górę|do góry|pokaż [więcej,mniej]|rozwiń|zwiń"
        ),
        "comment": "komentarze|dodaj komentarz|zostaw komentarz|brak komentarzy|skomentuj",
        "control": (
            "polityka prywatności|regulamin|wszelkie prawa zastrzeżone|akceptuj[, wszystkie]"
            "|zaloguj się|ta strona używa [cookies,plików cookie]|zamknij"
        ),
        "lead": (
            "czytaj także|czytaj też|czytaj również|czytaj więcej|zobacz także|zobacz też|zobacz"
            " również|przeczytaj także|przeczytaj też|przeczytaj również|sprawdź także|sprawdź"
            " też|polecamy|warto przeczytać"
        ),
    },
}
