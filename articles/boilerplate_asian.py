"""What publishers put around their texts in the languages of Asia, phrase by phrase.

A table a language, a row a kind. Each phrase is a whole line; `[a,b]` stands for either word and
`[,b]` for the word or nothing. `lead` are the words before the title of another article. Khmer,
Burmese and Marathi have been checked by no native reader yet. Read by `boilerplate` at import.
"""

from __future__ import annotations

ASIAN: dict[str, dict[str, str]] = {
    "id": {
        "ad": (
            "iklan|advertensi|pariwara|konten [bersponsor,sponsor,berbayar]|artikel bersponsor"
            "|[lanjutkan,lanjut] membaca setelah iklan|artikel berlanjut setelah iklan|gulir"
            " untuk [melanjutkan,lanjut membaca]|scroll untuk [melanjutkan,lanjut membaca]"
        ),
        "feedback": (
            "apakah [artikel,halaman,informasi,konten] ini [membantu,bermanfaat,berguna][, anda,"
            " bagi anda, untuk anda]?|bermanfaatkah [artikel,informasi] ini?|beri"
            " [nilai,penilaian,rating][, artikel ini]|beri masukan|kirim masukan|terima kasih"
            " atas [masukan,penilaian,tanggapan] anda|laporkan kesalahan"
        ),
        "newsletter": (
            "berlangganan[, newsletter, buletin, sekarang]|langganan[, newsletter]|dapatkan"
            " [newsletter,buletin] kami|daftar sekarang|masukkan [email,alamat email] [anda,kamu]"
            "|[unduh,download] aplikasi[, kami, sekarang]|buka di aplikasi"
        ),
        "share": (
            "bagikan[, artikel, artikel ini, ke facebook, ke whatsapp, via whatsapp]|share"
            " artikel ini|salin [tautan,link]|[tautan,link][, berhasil] disalin|ikuti kami[, di"
            " facebook, di instagram, di media sosial]"
        ),
        "consult": (
            "tanya dokter[, sekarang, gratis]|[tanya,chat] [apoteker,ahli]|chat [dokter,dengan"
            " dokter,bersama dokter][, sekarang]|konsultasi sekarang|konsultasi [dokter,dengan"
            " dokter] [online,sekarang]|cari [dokter,rumah sakit]|buat janji[, temu, dokter,"
            " sekarang]|punya pertanyaan kesehatan?"
        ),
        "related": (
            "artikel [terkait,lainnya,serupa,terbaru,populer]|baca juga|baca pula|simak juga"
            "|lihat juga|berita [terkait,lainnya]|topik terkait|bacaan terkait|terpopuler"
            "|rekomendasi [artikel,untuk anda,untukmu]|lihat [semua,lainnya,selengkapnya]|baca"
            " selengkapnya|anda mungkin [suka,juga suka,tertarik,juga tertarik]"
        ),
        "continue": (
            "[lanjut,lanjutkan,teruskan] [membaca,baca]|kembali ke atas|tampilkan lebih"
            " [banyak,sedikit]"
        ),
        "comment": (
            "[tulis,tinggalkan,kirim,lihat] komentar|belum ada komentar|lihat semua komentar"
        ),
        "control": (
            "kebijakan privasi|syarat dan ketentuan|semua hak dilindungi undang-undang|hak cipta"
            " dilindungi[, undang-undang]|terima [semua,semua cookie]|pengaturan cookie|situs ini"
            " menggunakan cookie"
        ),
        "lead": "baca juga|baca pula|simak juga|lihat juga|artikel terkait",
    },
    "ms": {
        "ad": "iklan|kandungan tajaan|artikel tajaan|sambung baca selepas iklan",
        "feedback": (
            "adakah [artikel,halaman,maklumat] ini [membantu,bermanfaat,berguna][, anda, untuk"
            " anda]?|terima kasih atas maklum balas anda|beri maklum balas"
        ),
        "newsletter": (
            "langgan[, sekarang, newsletter, surat berita kami]|muat turun aplikasi[, kami,"
            " sekarang]|masukkan [e-mel,emel,alamat e-mel] anda"
        ),
        "share": (
            "kongsi[, artikel ini, di facebook, di whatsapp]|kongsikan[, artikel ini]|salin"
            " pautan|pautan disalin|ikuti kami[, di facebook, di instagram]"
        ),
        "consult": (
            "tanya doktor[, sekarang]|cari doktor|buat temu janji|tempah temu janji|bercakap"
            " dengan doktor"
        ),
        "related": (
            "artikel [berkaitan,lain,terkini,popular]|baca juga|baca lagi|lihat semua|anda"
            " mungkin [suka,juga suka,berminat]|topik berkaitan|berita berkaitan"
        ),
        "continue": "[teruskan,sambung] [membaca,baca]|kembali ke atas",
        "comment": "[tinggalkan,tulis] komen|tiada komen",
        "control": (
            "dasar privasi|terma dan syarat|hak cipta terpelihara|terima semua[, kuki]|laman web"
            " ini menggunakan kuki"
        ),
        "lead": "baca juga|baca lagi|artikel berkaitan",
    },
    "fil": {
        "ad": "patalastas|anunsyo|advertisement",
        "feedback": (
            "nakatulong ba [sa iyo,sa inyo] ang [artikulong,pahinang] ito?|nakatulong ba [ang"
            " artikulong ito,ito]?|salamat sa iyong feedback|may kapaki-pakinabang ba?"
        ),
        "newsletter": (
            "mag-subscribe[, na, ngayon]|mag-sign up[, na]|i-download ang app|ilagay ang iyong"
            " email"
        ),
        "share": (
            "ibahagi[, ito, sa facebook, ang artikulong ito]|i-share[, ito]|i-follow kami"
            "|kopyahin ang link"
        ),
        "consult": (
            "magtanong sa doktor|kumonsulta sa doktor|mag-book ng [appointment,konsultasyon]"
            "|humanap ng doktor"
        ),
        "related": (
            "basahin din|kaugnay na [artikulo,balita]|mga kaugnay na [artikulo,balita]|magbasa pa"
            "|tingnan lahat|baka magustuhan mo"
        ),
        "continue": "ipagpatuloy ang pagbabasa|bumalik sa itaas",
        "comment": "mag-iwan ng komento|mga komento",
        "control": "patakaran sa privacy|tanggapin lahat",
        "lead": "basahin din",
    },
    "vi": {
        "ad": (
            "quảng cáo|nội dung [tài trợ,được tài trợ,quảng cáo]|bài viết tài trợ|bài viết tiếp"
            " tục sau quảng cáo"
        ),
        "feedback": (
            "bài viết[, này] có hữu ích [với,cho] bạn[, không]?|bài viết này có hữu ích không?"
            "|bạn [thấy,có thấy] bài viết[, này] hữu ích không?|thông tin này có hữu ích không?"
            "|đánh giá bài viết[, này]|cảm ơn [bạn đã phản hồi,phản hồi của bạn]|gửi phản hồi"
        ),
        "newsletter": (
            "đăng ký[, ngay, nhận tin, nhận bản tin, bản tin]|đăng ký nhận [bản tin,tin mới]|nhập"
            " [email,địa chỉ email][, của bạn]|tải ứng dụng[, ngay]|tải app[, ngay]|mở trong ứng"
            " dụng"
        ),
        "share": (
            "chia sẻ[, bài viết, bài viết này, lên facebook, qua zalo, ngay]|sao chép liên kết|đã"
            " sao chép liên kết|theo dõi chúng tôi[, trên facebook]|in bài viết"
        ),
        "consult": (
            "hỏi bác sĩ[, ngay, miễn phí]|đặt [lịch,hẹn][, khám, ngay, bác sĩ]|đặt lịch hẹn|đặt"
            " lịch khám[, ngay, bác sĩ]|tư vấn [ngay,với bác sĩ,miễn phí]|tìm bác sĩ|trò chuyện"
            " với bác sĩ|đặt câu hỏi cho bác sĩ"
        ),
        "related": (
            "bài viết [liên quan,khác,cùng chủ đề,mới nhất,nổi bật]|bài liên quan|tin liên quan"
            "|tin [khác,mới nhất,nổi bật]|xem thêm|đọc thêm|có thể bạn quan tâm|có thể bạn [sẽ"
            " thích,muốn biết]|chủ đề liên quan|xem tất cả|đọc nhiều nhất"
        ),
        "continue": "đọc tiếp|tiếp tục đọc|xem tiếp|về đầu trang|thu gọn",
        "comment": "[viết,gửi,để lại] bình luận|chưa có bình luận[, nào]|ý kiến của bạn",
        "control": (
            "chính sách bảo mật|điều khoản sử dụng|bảo lưu mọi quyền|đã đăng ký bản quyền|chấp"
            " nhận [tất cả,cookie]|trang web này sử dụng cookie"
        ),
        "lead": "xem thêm|đọc thêm|bài viết liên quan|có thể bạn quan tâm|tìm hiểu thêm",
    },
    "th": {
        "ad": "โฆษณา|พื้นที่โฆษณา|ฝากโฆษณา|เนื้อหาสนับสนุน|บทความสนับสนุน|สนับสนุนโดย",
        "feedback": (
            "บทความนี้มีประโยชน์[หรือไม่,ไหม,กับคุณหรือไม่,ต่อคุณหรือไม่]"
            "|[ข้อมูล,เนื้อหา]นี้มีประโยชน์[หรือไม่,ไหม]|ให้คะแนนบทความ[,นี้]"
            "|ขอบคุณสำหรับ[ความคิดเห็น,คำติชม][,ของคุณ]|ส่งความคิดเห็น"
        ),
        "newsletter": (
            "สมัครรับ[ข่าวสาร,จดหมายข่าว]|ลงทะเบียนรับข่าวสาร|ดาวน์โหลด[แอป,แอปพลิเคชัน]"
            "|กรอกอีเมล[,ของคุณ]|สมัครสมาชิก"
        ),
        "share": "แชร์[,บทความ,บทความนี้,เลย]|คัดลอกลิงก์|คัดลอกลิงก์แล้ว|ติดตามเรา[,ได้ที่]",
        "consult": (
            "ปรึกษาแพทย์[,ออนไลน์,ฟรี,ตอนนี้]|ถามแพทย์|ถามหมอ|ปรึกษาหมอ[,ออนไลน์]|นัดหมายแพทย์"
            "|ค้นหาแพทย์|นัดหมาย[,ออนไลน์]|จองคิว[แพทย์,หมอ]"
        ),
        "related": (
            "บทความ[ที่เกี่ยวข้อง,แนะนำ,อื่น ๆ,อื่นๆ,ล่าสุด,ยอดนิยม]|อ่านเพิ่มเติม|ข่าวที่เกี่ยวข้อง"
            "|เรื่องที่เกี่ยวข้อง|เรื่องที่คุณอาจสนใจ|คุณอาจสนใจ|คุณอาจชอบ|ดูทั้งหมด|ดูเพิ่มเติม|อ่านบทความอื่น"
        ),
        "continue": "อ่านต่อ|กลับขึ้นด้านบน|กลับสู่ด้านบน|แสดง[เพิ่มเติม,น้อยลง]",
        "comment": "แสดงความคิดเห็น|ความคิดเห็น|ยังไม่มีความคิดเห็น",
        "control": (
            "นโยบายความเป็นส่วนตัว|นโยบายคุกกี้|ข้อกำหนดและเงื่อนไข|สงวนลิขสิทธิ์|ยอมรับ[ทั้งหมด,คุกกี้]"
            "|ตั้งค่าคุกกี้|เว็บไซต์นี้ใช้คุกกี้"
        ),
        "lead": "อ่านเพิ่มเติม|อ่านต่อ|บทความที่เกี่ยวข้อง|อ่านบทความที่เกี่ยวข้อง",
    },
    "km": {
        "ad": "ពាណិជ្ជកម្ម|ផ្សាយពាណិជ្ជកម្ម",
        "feedback": "តើអត្ថបទនេះមានប្រយោជន៍[,ដែរឬទេ,ឬទេ,សម្រាប់អ្នកទេ]",
        "newsletter": "ចុះឈ្មោះ|ទាញយកកម្មវិធី|ជាវព័ត៌មាន",
        "share": "ចែករំលែក[,អត្ថបទនេះ]|ចម្លងតំណ",
        "consult": "សួរគ្រូពេទ្យ|ណាត់ជួបគ្រូពេទ្យ",
        "related": "អត្ថបទ[ពាក់ព័ន្ធ,ទាក់ទង,ដែលទាក់ទង,ថ្មីៗ]|អានបន្ថែម|អានផងដែរ|មើលទាំងអស់",
        "continue": "អានបន្ត",
        "comment": "មតិយោបល់",
        "control": "គោលការណ៍ឯកជនភាព|រក្សាសិទ្ធិគ្រប់យ៉ាង",
        "lead": "អានបន្ថែម|អានផងដែរ|អត្ថបទពាក់ព័ន្ធ",
    },
    "my": {
        "ad": "ကြော်ငြာ|ကြော်ငြာများ",
        "feedback": "ဒီဆောင်းပါးက အသုံးဝင်ပါသလား|ဤဆောင်းပါးသည် အသုံးဝင်ပါသလား",
        "newsletter": "စာရင်းသွင်းပါ|အက်ပ်ကို ဒေါင်းလုဒ်လုပ်ပါ",
        "share": "မျှဝေပါ|မျှဝေရန်|လင့်ခ်ကူးယူပါ",
        "consult": "ဆရာဝန်ကိုမေးပါ",
        "related": "ဆက်စပ်ဆောင်းပါးများ|ဆက်စပ်သတင်းများ|အားလုံးကြည့်ရန်|ပိုမိုဖတ်ရှုရန်",
        "continue": "ဆက်ဖတ်ရန်",
        "comment": "မှတ်ချက်များ",
        "control": "ကိုယ်ရေးအချက်အလက်မူဝါဒ|မူပိုင်ခွင့်",
        "lead": "ဆက်စပ်ဆောင်းပါးများ|ပိုမိုဖတ်ရှုရန်",
    },
    "zh-Hant": {
        "ad": ("廣告|贊助[內容,商,文章]|廣告內容|業配|文章未完 請往下繼續閱讀|廣告 請繼續往下閱讀"),
        "feedback": (
            "[這篇,此,這]文章[,對您,對你]有[幫助,用]嗎|您覺得[這篇,此]文章有幫助嗎"
            "|您覺得本文有幫助嗎|本文對您有幫助嗎|謝謝您的[回饋,意見]|感謝您的[回饋,意見]"
            "|為文章評分"
        ),
        "newsletter": (
            "訂閱[,電子報,我們,我們的電子報]|立即訂閱|免費訂閱|輸入[,您的]電子郵件"
            "|下載[app,應用程式]|立即下載|用app開啟|加入會員|加入line好友"
        ),
        "share": (
            "分享[,文章,到facebook,此文章,這篇文章,至line]|複製[連結,網址]|已複製連結|追蹤我們|列印"
        ),
        "consult": (
            "詢問醫[生,師]|線上諮詢|立即[諮詢,預約]|預約[掛號,看診,門診,醫師]|尋找醫[生,師]"
            "|線上問診"
        ),
        "related": (
            "相關[文章,新聞,閱讀,報導,主題]|延伸閱讀|推薦[閱讀,文章]|更多文章"
            "|你可能[會喜歡,也會喜歡,感興趣]|您可能[會喜歡,也會喜歡,有興趣]|看更多"
            "|查看[全部,更多]|最新文章|熱門文章|猜你喜歡|同場加映"
        ),
        "continue": "繼續閱讀|閱讀全文|閱讀更多|回到頂部|回頂端|展開全文|收合",
        "comment": "留言|發表留言|發表評論|[查看,全部]留言|尚無留言",
        "control": (
            "隱私權政策|隱私政策|使用條款|服務條款|版權所有|接受所有cookie|本網站使用cookie|登入"
            "|註冊"
        ),
        "lead": "延伸閱讀|相關文章|推薦閱讀|看更多|同場加映",
    },
    "zh-Hans": {
        "ad": "广告|赞助[内容,商]|推广|广告内容|文章未完 请继续往下阅读",
        "feedback": (
            "[这篇,此,本]文章对[您,你]有[帮助,用]吗|本文对[您,你]有帮助吗"
            "|[您,你]觉得这篇文章有[帮助,用]吗|[谢谢,感谢][您,你]的[反馈,意见]|为文章评分"
        ),
        "newsletter": (
            "订阅[,我们,我们的通讯,电子报,邮件]|立即订阅|输入[,您的]电子邮件|下载[app,应用]"
            "|立即下载|打开app[,阅读全文]|关注公众号|扫码关注"
        ),
        "share": ("分享[,文章,到微信,到微博,给朋友]|复制链接|已复制链接|关注我们|打印|点赞|收藏"),
        "consult": "问医生|在线[咨询,问诊]|立即[咨询,预约]|预约挂号|找医生|免费咨询",
        "related": (
            "相关[文章,新闻,阅读,推荐,主题]|延伸阅读|推荐阅读|更多文章|你可能[喜欢,感兴趣,也喜欢]"
            "|您可能感兴趣|查看[全部,更多]|最新文章|热门文章|猜你喜欢|为你推荐"
        ),
        "continue": "继续阅读|阅读全文|阅读更多|回到顶部|返回顶部|展开全文|收起",
        "comment": "[发表,写]评论|[查看,全部]评论|暂无评论",
        "control": (
            "隐私政策|使用条款|服务条款|版权所有|接受所有cookie|本网站使用cookie|登录|注册"
        ),
        "lead": "延伸阅读|相关文章|推荐阅读|相关阅读",
    },
    "ja": {
        "ad": (
            "広告|スポンサー[,リンク,コンテンツ]|スポンサードリンク|記事は広告の後に続きます"
            "|タイアップ広告"
        ),
        "feedback": (
            "この[記事,ページ,情報]は[役に立ちましたか,役立ちましたか,お役に立ちましたか,参考になりましたか]"
            "|この記事を評価する|ご意見ありがとうございます|フィードバックを送信"
        ),
        "newsletter": (
            "[メルマガ,メールマガジン]登録|メルマガに登録する|購読する|会員登録[,する]"
            "|無料会員登録|アプリを[ダウンロード,開く,ダウンロードする]|アプリで開く"
            "|メールアドレスを入力"
        ),
        "share": (
            "シェア[,する]|この記事をシェア[,する]|記事をシェア|リンクをコピー[,する]"
            "|リンクをコピーしました|フォローする|フォローする|印刷[,する]|ツイート"
        ),
        "consult": (
            "医師に質問[,する]|オンライン診療[,を予約する]|病院を探す|予約する|受診予約"
            "|クリニックを探す|オンラインで相談する"
        ),
        "related": (
            "関連[記事,リンク,ニュース,コンテンツ,情報]|おすすめ[,の]記事|おすすめ"
            "|あわせて読みたい|こちらもおすすめ|合わせて読みたい"
            "|この記事を読んだ人はこちらも読んでいます|もっと見る|一覧を見る|人気記事|新着記事"
            "|人気の記事|次に読む"
        ),
        "continue": (
            "続きを読む|続きをみる|もっと読む|ページトップへ|トップへ戻る|記事の続きを読む"
        ),
        "comment": "コメント[,する,を書く,を残す]|コメントを見る|コメントはまだありません",
        "control": (
            "プライバシーポリシー|利用規約|無断転載[禁止,を禁じます]|すべて同意する|同意する"
            "|ログイン|当サイトではcookieを使用しています"
        ),
        "lead": (
            "関連記事|あわせて読みたい|合わせて読みたい|こちらもおすすめ|関連リンク"
            "|こちらの記事もおすすめ"
        ),
    },
    "ko": {
        "ad": "광고|스폰서[, 링크]|협찬|제휴 광고|기사는 광고 후 계속됩니다|광고 후 계속",
        "feedback": (
            "이 [글,글이,기사가,정보가,페이지가] [도움이 되었나요,도움이 되셨나요,유용했나요]?|이"
            " 기사가 마음에 드셨나요?|기사 평가하기|의견 보내기|소중한 의견 감사합니다"
        ),
        "newsletter": (
            "구독[,하기, 신청]|뉴스레터[, 구독, 구독하기, 신청]|지금 구독하기|이메일을 입력하세요"
            "|이메일 주소|앱 [다운로드,다운받기,설치,에서 열기]|회원가입"
        ),
        "share": (
            "공유[,하기]|기사 공유[,하기]|링크 복사[,하기]|링크가 복사되었습니다"
            "|[카카오톡,페이스북] 공유하기|팔로우|인쇄[,하기]|url 복사|스크랩"
        ),
        "consult": (
            "의사에게 [물어보기,질문하기,상담하기]|전문의[에게,와] 상담하기|[온라인,무료,전문가]"
            " 상담|상담 신청[,하기]|진료 예약[,하기]|예약하기|병원 찾기|의사 찾기"
        ),
        "related": (
            "관련 [기사,글,뉴스,콘텐츠,게시물]|관련기사|관련뉴스|추천 [기사,글,콘텐츠]|이 기사도"
            " 함께 읽어보세요|함께 [보면 좋은 글,읽으면 좋은 글,볼만한 기사]|더 보기|더보기|전체"
            " 보기|인기 [기사,글]|최신 [기사,글]|많이 본 [뉴스,기사]|주요 뉴스"
        ),
        "continue": "계속 읽기|이어서 읽기|더 읽기|맨 위로|전문 보기",
        "comment": "댓글[, 쓰기, 보기, 달기]|댓글을 [남겨주세요,입력하세요]",
        "control": (
            "개인정보처리방침|개인정보 처리방침|이용약관|무단 전재 및 재배포 금지|무단전재 및"
            " 재배포 금지|모두 동의|로그인|닫기|이 사이트는 쿠키를 사용합니다"
        ),
        "lead": "관련 기사|관련기사|관련 글|함께 읽기|추천 글|더 보기|함께 보면 좋은 글",
    },
    "hi": {
        "ad": "विज्ञापन|प्रायोजित|प्रायोजित सामग्री|विज्ञापन के बाद जारी",
        "feedback": (
            "क्या यह [लेख,जानकारी] [उपयोगी,मददगार,सहायक] [था,थी,है]?|क्या यह लेख आपके लिए"
            " [उपयोगी,मददगार] [था,रहा]?|क्या आपको यह लेख [उपयोगी,पसंद] [लगा,आया]?|आपकी प्रतिक्रिया"
            " के लिए धन्यवाद|इस लेख को रेट करें"
        ),
        "newsletter": (
            "[सदस्यता लें,सब्सक्राइब करें]|न्यूज़लेटर[, की सदस्यता लें, सब्सक्राइब करें]|ऐप डाउनलोड करें"
            "|अपना ईमेल [डालें,दर्ज करें]|साइन अप करें"
        ),
        "share": ("शेयर करें|साझा करें|[इसे,लेख,यह लेख] [शेयर,साझा] करें|लिंक कॉपी करें|हमें फॉलो करें"),
        "consult": ("डॉक्टर से पूछें|ऑनलाइन [परामर्श,सलाह लें]|अपॉइंटमेंट बुक करें|डॉक्टर खोजें|विशेषज्ञ से पूछें"),
        "related": (
            "संबंधित [लेख,खबरें,विषय,समाचार]|सम्बंधित लेख|यह भी पढ़ें|ये भी पढ़ें|और पढ़ें|इसे भी"
            " पढ़ें|आपको यह भी पसंद आ सकता है|सभी देखें|और देखें"
        ),
        "continue": "पढ़ना जारी रखें|आगे पढ़ें|पूरा पढ़ें|ऊपर जाएं",
        "comment": "टिप्पणी करें|टिप्पणियां|अपनी राय दें|कोई टिप्पणी नहीं",
        "control": ("गोपनीयता नीति|नियम और शर्तें|सर्वाधिकार सुरक्षित|सभी स्वीकार करें|लॉग इन करें"),
        "lead": "यह भी पढ़ें|ये भी पढ़ें|इसे भी पढ़ें|और पढ़ें|संबंधित लेख",
    },
    "mr": {
        "ad": "जाहिरात|प्रायोजित",
        "feedback": "हा लेख [उपयुक्त,उपयोगी] [होता का,वाटला का]?|तुमच्या अभिप्रायाबद्दल धन्यवाद",
        "newsletter": "सदस्यता घ्या|अॅप डाउनलोड करा|ॲप डाउनलोड करा|तुमचा ईमेल टाका",
        "share": "शेअर करा|[हा लेख,लेख] शेअर करा|लिंक कॉपी करा|आम्हाला फॉलो करा",
        "consult": "डॉक्टरांना विचारा|अपॉइंटमेंट बुक करा",
        "related": ("संबंधित [लेख,बातम्या]|हे देखील वाचा|हेही वाचा|आणखी वाचा|अधिक वाचा|सर्व पहा"),
        "continue": "पुढे वाचा|वाचन सुरू ठेवा",
        "comment": "प्रतिक्रिया द्या|टिप्पण्या",
        "control": "गोपनीयता धोरण|सर्व हक्क राखीव|अटी व शर्ती",
        "lead": "हे देखील वाचा|हेही वाचा|आणखी वाचा|संबंधित लेख",
    },
    "ar": {
        "ad": (
            "إعلان|إعلانات|الإعلانات|اعلان|محتوى [ممول,مدفوع,برعاية]|برعاية|يستمر المقال بعد"
            " الإعلان"
        ),
        "feedback": (
            "هل [كان هذا المقال,كانت هذه المقالة,كانت هذه المعلومات] [مفيدًا,مفيدا,مفيدة][, لك]|هل"
            " [وجدت,وجدتم] [هذا المقال,هذه المقالة] [مفيدًا,مفيدا,مفيدة]|هل استفدت من [هذا"
            " المقال,هذه المقالة]|قيم [المقال,هذا المقال]|شكرا على [رأيك,ملاحظاتك]|شكرًا لملاحظاتك"
        ),
        "newsletter": (
            "اشترك[, الآن, معنا, في النشرة البريدية, في نشرتنا البريدية]|اشترك في النشرة"
            " الإخبارية|النشرة البريدية|أدخل بريدك الإلكتروني|حمل التطبيق|[حمّل,تحميل] التطبيق|سجل"
            " الآن"
        ),
        "share": (
            "مشاركة[, المقال]|شارك[, المقال, هذا المقال, على فيسبوك]|شاركها|نسخ الرابط|تم نسخ"
            " الرابط|تابعنا[, على فيسبوك]|طباعة"
        ),
        "consult": (
            "اسأل [طبيب,طبيبًا,طبيبا,الطبيب]|احجز [موعد,موعدك,موعدًا][, الآن]|استشارة"
            " [طبية,أونلاين]|ابحث عن طبيب|اطرح سؤالك"
        ),
        "related": (
            "مقالات [ذات صلة,مشابهة,أخرى,متعلقة]|[مواضيع,موضوعات,أخبار] ذات صلة|اقرأ أيضا|اقرأ"
            " أيضًا|اقرأ ايضا|اقرأ المزيد|قد يهمك[, أيضا, أيضًا]|المزيد|عرض [الكل,المزيد]|شاهد أيضًا"
            "|شاهد أيضا|الأكثر قراءة|مقترحات لك"
        ),
        "continue": ("أكمل القراءة|متابعة القراءة|تابع القراءة|العودة إلى الأعلى|إظهار المزيد"),
        "comment": ("التعليقات|أضف تعليقًا|أضف تعليقا|اترك تعليقا|اترك تعليقًا|لا توجد تعليقات"),
        "control": (
            "سياسة الخصوصية|شروط [الاستخدام,الخدمة]|جميع الحقوق محفوظة|قبول الكل|تسجيل الدخول"
            "|يستخدم هذا الموقع ملفات تعريف الارتباط"
        ),
        "lead": ("اقرأ أيضا|اقرأ أيضًا|اقرأ ايضا|قد يهمك|شاهد أيضا|شاهد أيضًا|اقرأ المزيد|للمزيد"),
    },
    "fa": {
        "ad": "تبلیغات|آگهی|محتوای تبلیغاتی|رپورتاژ آگهی|اسپانسر",
        "feedback": (
            "آیا این [مقاله,مطلب,صفحه] [مفید بود,برای شما مفید بود]|این مطلب چقدر مفید بود|به این"
            " مطلب امتیاز دهید|از بازخورد شما متشکریم"
        ),
        "newsletter": (
            "عضویت[, در خبرنامه]|خبرنامه|ثبت نام|ثبت‌نام|دانلود اپلیکیشن|ایمیل خود را وارد کنید"
            "|مشترک شوید"
        ),
        "share": (
            "اشتراک گذاری|اشتراک‌گذاری|به اشتراک بگذارید|کپی لینک|لینک کپی شد|ما را دنبال کنید|چاپ"
        ),
        "consult": (
            "از پزشک بپرسید|پرسش از پزشک|مشاوره [آنلاین,پزشکی,آنلاین با پزشک]|نوبت‌دهی"
            " [آنلاین,پزشک]|نوبت دهی آنلاین|رزرو نوبت|جستجوی پزشک"
        ),
        "related": (
            "مطالب [مرتبط,مشابه,پیشنهادی,دیگر]|مقالات [مرتبط,مشابه]|اخبار مرتبط|بیشتر بخوانید"
            "|همچنین بخوانید|بیشتر بدانید|مشاهده همه|شاید علاقه مند باشید"
        ),
        "continue": "ادامه مطلب|ادامه مقاله|بازگشت به بالا",
        "comment": "نظرات|دیدگاه‌ها|ارسال نظر|نظر خود را بنویسید|دیدگاهتان را بنویسید",
        "control": ("حریم خصوصی|قوانین و مقررات|تمامی حقوق محفوظ است|کلیه حقوق محفوظ است|ورود"),
        "lead": "بیشتر بخوانید|همچنین بخوانید|مطالب مرتبط|بیشتر بدانید",
    },
}
