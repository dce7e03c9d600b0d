//! The cities and districts of Liaoning, in the order of their official codes, which is the order of the embedded map.

/// A city.
#[derive(Debug)]
pub(super) struct City {
    /// Its name, as 沈阳市.
    pub(super) name: &'static str,
    /// Its telephone area code.
    pub(super) code: &'static str,
    /// Districts and counties: name, name in English, and how many stations it has among all, roughly as people live
    /// there (tens of thousands).
    pub(super) districts: &'static [(&'static str, &'static str, u32)],
}

/// All of them.
pub(super) static CITIES: [City; 14] = [
    City {
        name: "沈阳市",
        code: "024",
        districts: &[
            ("和平区", "Heping", 85),
            ("沈河区", "Shenhe", 90),
            ("大东区", "Dadong", 75),
            ("皇姑区", "Huanggu", 95),
            ("铁西区", "Tiexi", 120),
            ("苏家屯区", "Sujiatun", 45),
            ("浑南区", "Hunnan", 80),
            ("沈北新区", "Shenbei", 50),
            ("于洪区", "Yuhong", 85),
            ("辽中区", "Liaozhong", 30),
            ("康平县", "Kangping", 15),
            ("法库县", "Faku", 18),
            ("新民市", "Xinmin", 32),
        ],
    },
    City {
        name: "大连市",
        code: "0411",
        districts: &[
            ("中山区", "Zhongshan", 60),
            ("西岗区", "Xigang", 50),
            ("沙河口区", "Shahekou", 85),
            ("甘井子区", "Ganjingzi", 140),
            ("旅顺口区", "Lüshunkou", 35),
            ("金州区", "Jinzhou", 110),
            ("普兰店区", "Pulandian", 50),
            ("长海县", "Changhai", 4),
            ("瓦房店市", "Wafangdian", 55),
            ("庄河市", "Zhuanghe", 45),
        ],
    },
    City {
        name: "鞍山市",
        code: "0412",
        districts: &[
            ("铁东区", "Tiedong", 50),
            ("铁西区", "Tiexi", 40),
            ("立山区", "Lishan", 40),
            ("千山区", "Qianshan", 20),
            ("台安县", "Tai'an", 15),
            ("岫岩满族自治县", "Xiuyan", 20),
            ("海城市", "Haicheng", 60),
        ],
    },
    City {
        name: "抚顺市",
        code: "024",
        districts: &[
            ("新抚区", "Xinfu", 25),
            ("东洲区", "Dongzhou", 22),
            ("望花区", "Wanghua", 32),
            ("顺城区", "Shuncheng", 40),
            ("抚顺县", "Fushun", 8),
            ("新宾满族自治县", "Xinbin", 12),
            ("清原满族自治县", "Qingyuan", 14),
        ],
    },
    City {
        name: "本溪市",
        code: "024",
        districts: &[
            ("平山区", "Pingshan", 30),
            ("溪湖区", "Xihu", 20),
            ("明山区", "Mingshan", 32),
            ("南芬区", "Nanfen", 8),
            ("本溪满族自治县", "Benxi", 13),
            ("桓仁满族自治县", "Huanren", 15),
        ],
    },
    City {
        name: "丹东市",
        code: "0415",
        districts: &[
            ("元宝区", "Yuanbao", 20),
            ("振兴区", "Zhenxing", 42),
            ("振安区", "Zhen'an", 16),
            ("宽甸满族自治县", "Kuandian", 18),
            ("东港市", "Donggang", 35),
            ("凤城市", "Fengcheng", 30),
        ],
    },
    City {
        name: "锦州市",
        code: "0416",
        districts: &[
            ("古塔区", "Guta", 28),
            ("凌河区", "Linghe", 40),
            ("太和区", "Taihe", 35),
            ("黑山县", "Heishan", 24),
            ("义县", "Yixian", 16),
            ("凌海市", "Linghai", 25),
            ("北镇市", "Beizhen", 22),
        ],
    },
    City {
        name: "营口市",
        code: "0417",
        districts: &[
            ("站前区", "Zhanqian", 32),
            ("西市区", "Xishi", 20),
            ("鲅鱼圈区", "Bayuquan", 45),
            ("老边区", "Laobian", 15),
            ("盖州市", "Gaizhou", 38),
            ("大石桥市", "Dashiqiao", 45),
        ],
    },
    City {
        name: "阜新市",
        code: "0418",
        districts: &[
            ("海州区", "Haizhou", 25),
            ("新邱区", "Xinqiu", 6),
            ("太平区", "Taiping", 12),
            ("清河门区", "Qinghemen", 5),
            ("细河区", "Xihe", 30),
            ("阜新蒙古族自治县", "Fuxin", 30),
            ("彰武县", "Zhangwu", 20),
        ],
    },
    City {
        name: "辽阳市",
        code: "0419",
        districts: &[
            ("白塔区", "Baita", 28),
            ("文圣区", "Wensheng", 18),
            ("宏伟区", "Hongwei", 14),
            ("弓长岭区", "Gongchangling", 7),
            ("太子河区", "Taizihe", 15),
            ("辽阳县", "Liaoyang", 24),
            ("灯塔市", "Dengta", 26),
        ],
    },
    City {
        name: "盘锦市",
        code: "0427",
        districts: &[
            ("双台子区", "Shuangtaizi", 22),
            ("兴隆台区", "Xinglongtai", 50),
            ("大洼区", "Dawa", 30),
            ("盘山县", "Panshan", 18),
        ],
    },
    City {
        name: "铁岭市",
        code: "024",
        districts: &[
            ("银州区", "Yinzhou", 35),
            ("清河区", "Qinghe", 7),
            ("铁岭县", "Tieling", 14),
            ("西丰县", "Xifeng", 14),
            ("昌图县", "Changtu", 38),
            ("调兵山市", "Diaobingshan", 18),
            ("开原市", "Kaiyuan", 28),
        ],
    },
    City {
        name: "朝阳市",
        code: "0421",
        districts: &[
            ("双塔区", "Shuangta", 40),
            ("龙城区", "Longcheng", 18),
            ("朝阳县", "Chaoyang", 18),
            ("建平县", "Jianping", 26),
            ("喀喇沁左翼蒙古族自治县", "Kalaqin", 20),
            ("北票市", "Beipiao", 26),
            ("凌源市", "Lingyuan", 32),
        ],
    },
    City {
        name: "葫芦岛市",
        code: "0429",
        districts: &[
            ("连山区", "Lianshan", 35),
            ("龙港区", "Longgang", 25),
            ("南票区", "Nanpiao", 8),
            ("绥中县", "Suizhong", 32),
            ("建昌县", "Jianchang", 24),
            ("兴城市", "Xingcheng", 28),
        ],
    },
];
