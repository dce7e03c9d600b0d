//! What people call things: streets, communities, firms, notes, notices, events. All of it is invented or says nothing of
//! any real place.

use domain::amenity::Amenity;
use domain::station::{EventKind, NoticeKind};

/// A phrase in Chinese and in English.
pub(super) type Phrase = (&'static str, &'static str);

/// Streets as every town has them.
pub(super) const STREETS: [Phrase; 40] = [
    ("人民路", "Renmin Road"),
    ("解放大街", "Jiefang Avenue"),
    ("中山路", "Zhongshan Road"),
    ("建设大街", "Jianshe Avenue"),
    ("和平大街", "Heping Avenue"),
    ("长江街", "Changjiang Street"),
    ("黄河大街", "Huanghe Avenue"),
    ("新华路", "Xinhua Road"),
    ("文化路", "Wenhua Road"),
    ("青年大街", "Qingnian Avenue"),
    ("胜利街", "Shengli Street"),
    ("光明街", "Guangming Street"),
    ("向阳街", "Xiangyang Street"),
    ("振兴路", "Zhenxing Road"),
    ("迎宾路", "Yingbin Road"),
    ("站前街", "Zhanqian Street"),
    ("北环路", "North Ring Road"),
    ("南环路", "South Ring Road"),
    ("兴隆街", "Xinglong Street"),
    ("友谊街", "Youyi Street"),
    ("团结路", "Tuanjie Road"),
    ("东风路", "Dongfeng Road"),
    ("红旗街", "Hongqi Street"),
    ("工业大街", "Gongye Avenue"),
    ("科技路", "Keji Road"),
    ("学府路", "Xuefu Road"),
    ("滨河路", "Binhe Road"),
    ("翠湖街", "Cuihu Street"),
    ("银河街", "Yinhe Street"),
    ("育才街", "Yucai Street"),
    ("民主路", "Minzhu Road"),
    ("富强街", "Fuqiang Street"),
    ("幸福路", "Xingfu Road"),
    ("公园路", "Gongyuan Road"),
    ("体育场路", "Stadium Road"),
    ("市场街", "Market Street"),
    ("铁北街", "Tiebei Street"),
    ("河东路", "Hedong Road"),
    ("泰山路", "Taishan Road"),
    ("崇山路", "Chongshan Road"),
];

/// Communities.
pub(super) const COMMUNITIES: [Phrase; 16] = [
    ("向阳", "Xiangyang"),
    ("幸福里", "Xingfuli"),
    ("新华", "Xinhua"),
    ("桃园", "Taoyuan"),
    ("锦绣", "Jinxiu"),
    ("惠民", "Huimin"),
    ("永安", "Yong'an"),
    ("翠湖", "Cuihu"),
    ("光明", "Guangming"),
    ("和顺", "Heshun"),
    ("春晖", "Chunhui"),
    ("兴盛", "Xingsheng"),
    ("康乐", "Kangle"),
    ("滨河", "Binhe"),
    ("安居", "Anju"),
    ("文昌", "Wenchang"),
];

/// Banks that there are none of.
pub(super) const BANKS: [Phrase; 4] = [
    ("北方惠民银行", "Beifang Huimin Bank"),
    ("辽水农合银行", "Liaoshui Rural Bank"),
    ("关东邮储所", "Guandong Savings"),
    ("融和城商银行", "Ronghe City Bank"),
];

/// Pharmacies, likewise.
pub(super) const PHARMACIES: [Phrase; 4] = [
    ("民安药房", "Min'an Pharmacy"),
    ("仁济堂大药房", "Renjitang Pharmacy"),
    ("北康药店", "Beikang Pharmacy"),
    ("百草园药房", "Baicaoyuan Pharmacy"),
];

/// How to find the door.
pub(super) const DIRECTIONS: [Phrase; 6] = [
    ("公交站牌后面", "Behind the bus stop"),
    ("临街，绿色招牌", "On the street, green sign"),
    ("从北门进，右手第一间", "By the north gate, first door on the right"),
    ("大厅进门左侧", "In the hall, to the left"),
    ("小区东门旁", "Beside the east gate of the estate"),
    ("超市和菜站之间", "Between the supermarket and the greengrocer"),
];

/// Notes about amenities that work.
pub(super) const NOTES: [(Amenity, Phrase); 14] = [
    (Amenity::Water, ("桶装水，自带水杯更方便", "Bottled water; bring your own cup if you can")),
    (Amenity::HotWater, ("保温桶，上午九点添水", "Urn, refilled at 9 am")),
    (Amenity::Seat, ("八个座位", "Eight seats")),
    (Amenity::Seat, ("有折叠躺椅两张", "Two folding recliners")),
    (Amenity::Heating, ("集中供暖，11月1日至次年3月31日", "Central heating, 1 November to 31 March")),
    (Amenity::Cooling, ("室温高于二十八度时开空调", "Air conditioning on above 28 °C")),
    (Amenity::Microwave, ("午间可能排队", "There may be a queue at noon")),
    (Amenity::Charging, ("共有六个插座，备有三种充电线", "Six sockets, three kinds of cable")),
    (Amenity::Toilet, ("公共卫生间，步行一分钟", "Public toilet, a minute's walk")),
    (Amenity::FirstAid, ("创可贴、碘伏、冻疮膏", "Plasters, iodine, chilblain cream")),
    (Amenity::Wifi, ("密码贴在墙上", "The password is on the wall")),
    (Amenity::Umbrella, ("扫码借用，三日内归还", "Borrow with a code, return within three days")),
    (Amenity::Tools, ("打气筒、扳手、补胎胶", "Pump, spanners, patches")),
    (Amenity::Meal, ("劳动者套餐十二元", "Worker's set meal, 12 yuan")),
];

/// Notes about amenities that do not.
pub(super) const REPAIRS: [Phrase; 3] = [
    ("已报修", "Repair ordered"),
    ("故障，配件未到", "Broken, waiting for parts"),
    ("暂停使用，请到前台询问", "Out of use, ask at the desk"),
];

/// Notices.
pub(super) const NOTICES: [(NoticeKind, Phrase); 7] = [
    (NoticeKind::Closed, ("装修改造，暂停开放", "Closed for renovation")),
    (NoticeKind::Closed, ("供暖管道改造，暂停开放", "Heating pipes being replaced, closed")),
    (NoticeKind::Closed, ("停电检修", "Closed for electrical work")),
    (NoticeKind::Limited, ("热饭仅限午间 11:00-13:30", "Microwave only from 11:00 to 13:30")),
    (NoticeKind::Limited, ("二楼阅览区占用，一楼照常", "Reading room in use, ground floor as usual")),
    (NoticeKind::Info, ("夜间 22:00 后请按门铃", "After 22:00 please ring the bell")),
    (NoticeKind::Info, ("大雪后停车位减少", "Fewer parking places after snow")),
];

/// Events, with the hour at which they start.
pub(super) const EVENTS: [(EventKind, Phrase, u32); 6] = [
    (EventKind::Clinic, ("冬季心脑血管义诊", "Winter heart and stroke check"), 9),
    (EventKind::Clinic, ("量血压、测血糖", "Blood pressure and blood sugar"), 9),
    (EventKind::Clinic, ("骑手关节健康义诊", "Joint check for riders"), 14),
    (EventKind::Activity, ("电动车免费安全检测", "Free e-bike safety check"), 10),
    (EventKind::Activity, ("反诈与交通安全课堂", "Talk on fraud and road safety"), 14),
    (EventKind::Activity, ("送春联、写福字", "New Year couplets, written for you"), 13),
];
