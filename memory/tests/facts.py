"""Facts that somebody may be told, each with a question that asks for it in other words.

They were written once, before anything was asked, and are not to be bent towards what is found.
"""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Fact:
    """Something worth knowing, and how one asks for it."""

    language: Literal["zh", "en"]
    told: str
    asked: str


_ZH = (
    ("林夏周六晚上在时光咖啡馆办生日派对。", "谁要办生日派对？在哪里？"),
    ("王芳借给金丽丽两千块钱，说好月底还。", "金丽丽欠了谁的钱？什么时候还？"),
    ("高宁的猫丢了，是一只三条腿的橘猫。", "谁家的猫不见了？长什么样？"),
    ("何建国下个月退休，打算回老家种茶。", "何建国退休以后想做什么？"),
    ("许悦偷偷注册了一家新公司，想挖走组里的两个人。", "许悦是不是要自己开公司？"),
    ("市立图书馆下周三停电检修，不开门。", "图书馆哪天不开？为什么？"),
    ("胡正明的象棋奖杯被孙子摔坏了。", "胡爷爷的奖杯怎么了？"),
    ("顾清考上了省城的研究生，九月就走。", "顾清什么时候离开镇子？去做什么？"),
    ("仁和医院缺O型血，周日上午在广场献血。", "哪里可以献血？要什么血型？"),
    ("白芷在雕一座喷泉，准备送给中心广场。", "广场上的喷泉是谁做的？"),
    ("秦飞的吉他被雨淋坏了，正攒钱买新的。", "秦飞为什么要攒钱？"),
    ("莫小北写的故事登上了省报，笔名叫北风。", "谁用笔名发表了文章？"),
    ("韩秋菊的家常菜馆要加一道酸菜鱼。", "菜馆有什么新菜？"),
    ("陈立群对花生过敏，吃了会喘不过气。", "谁不能吃花生？"),
    ("王淑芬把备用钥匙放在门口第三个花盆底下。", "王淑芬家的钥匙藏在哪儿？"),
    ("杜若溪的姐姐要从国外回来，住一个星期。", "谁的家人要来？待多久？"),
    ("彭伟打赌输了，答应剃光头。", "打赌输了要剃头的是谁？"),
    ("唐睿在偷偷学跳探戈，每周二去铁鹤健身房。", "唐睿周二晚上去干什么？"),
    ("绿篮超市的鸡蛋从明天起涨价一块。", "超市里什么东西变贵了？"),
    ("邓婕升了测试组的组长，赵磊不太高兴。", "赵磊为什么对邓婕不满？"),
    ("社区学校要招一名音乐老师，周五面试。", "学校在招什么人？哪天面试？"),
    ("吴晓彤捡到一枚刻着“永远”的银戒指。", "谁捡到了戒指？上面刻着什么字？"),
    ("桂花巷的井水发苦，区里说要换水管。", "桂花巷的水怎么了？"),
    ("范嘉树救了一个掉进池塘的孩子。", "是谁把落水的小孩救上来的？"),
)
_EN = (
    (
        "Mo Xiaobei is getting married to a sailor in October, in her home village.",
        "Who is going to marry, and when?",
    ),
    (
        "Zhao Lei sold his car to pay his brother's hospital bill.",
        "Why did Zhao Lei get rid of his car?",
    ),
    (
        "The choir rehearses in the Community School on Thursday evenings at seven.",
        "When does the choir practise?",
    ),
    (
        "Gao Ning hid a map to the old shelter inside the atlas at the City Library.",
        "Where is the map of the shelter?",
    ),
    (
        "Ren Kai broke his ankle on the ice and walks with a crutch.",
        "What happened to Ren Kai's leg?",
    ),
    (
        "Juyuan Bank will close its branch in town at the end of the year.",
        "What is going to happen to the bank?",
    ),
    (
        "Qiao An grew up in a lighthouse with her grandfather.",
        "Where did Qiao An spend her childhood?",
    ),
    (
        "Xie Lan's daughter turns seven on Sunday and wants a telescope.",
        "What present does Xie Lan's daughter hope for?",
    ),
    (
        "Sun Hao found a job as a game designer and starts on Monday.",
        "What is Sun Hao's new job?",
    ),
    (
        "Du Ruoxi lost her passport somewhere near Central Plaza.",
        "Who has lost a passport?",
    ),
    (
        "Tang Rui's bicycle was stolen from behind the Iron Crane Gym.",
        "Whose bicycle did a thief take?",
    ),
    (
        "Wu Xiaotong is allergic to cats and keeps away from Gao Ning's flat.",
        "Why does Wu Xiaotong never visit Gao Ning?",
    ),
    (
        "The mayor wants to turn the brook into a car park.",
        "What does the mayor intend with the brook?",
    ),
    ("Jin Lili sells homemade soap at the market on Saturdays.", "Who makes soap?"),
    ("Shi Yong won the regional wrestling final.", "In which sport is Shi Yong a champion?"),
    (
        "Niu Zhiqiang is writing a novel about the layoffs.",
        "What book is Niu Zhiqiang working on?",
    ),
    (
        "Fan Jiashu repairs old radios and will mend ours for nothing.",
        "Who could fix a broken radio?",
    ),
    (
        "Bai Zhi's exhibition opens at the Creative Studio on the twentieth.",
        "When can we see Bai Zhi's sculptures?",
    ),
    ("Hu Zhengming keeps bees on the roof of Old Wall Flats.", "Where are the beehives?"),
    (
        "Han Qiuju's secret is a spoonful of plum vinegar in the dumplings.",
        "What does Han Qiuju put into her dumplings?",
    ),
    (
        "The night bus no longer stops at Brookside Road.",
        "Which stop does the night bus leave out?",
    ),
    (
        "Deng Jie was a ballet dancer before her knee gave out.",
        "What did Deng Jie do before she tested software?",
    ),
    (
        "Wang Fang and Li Ming plan to open a bookshop together next spring.",
        "Who is opening a bookshop, and with whom?",
    ),
    (
        "Chen Liqun takes sleeping pills that make him forget his dreams.",
        "What medicine does Chen Liqun use?",
    ),
)
FACTS = (
    *(Fact("zh", told, asked) for told, asked in _ZH),
    *(Fact("en", told, asked) for told, asked in _EN),
)
