"""Heads and sign-offs of letters, in the styles that offices print; every third one is held out.

What is not listed in `says` must stay empty: nothing may be invented.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Letter:
    name: str
    text: str
    says: dict[str, object]


BODY = """近年来，我们先后改造老旧管网12公里，群众用水条件有所改善，但与大家的期盼相比还有差距。
下一步，我们将抓好三件事：一是加快改造进度；二是加强日常巡查；三是及时公布进展。
"""

LETTERS = [
    Letter(
        "plain city suggestion",
        f"""市水利局关于市十五届人大二次会议第88号建议的答复

甲某代表：
您在市十五届人大二次会议上提出的《关于改善城北片区供水的建议》（第88号）收悉。现答复如下：
{BODY}感谢您对水利工作的关心和支持！

市水利局
2023年6月12日
联系人：乙某，联系电话：0571-87000001
""",
        {
            "kind": "suggestion",
            "number": "88",
            "session": "市十五届人大二次会议",
            "title": "关于改善城北片区供水的建议",
            "lead": "市水利局",
            "deputies": ["甲某"],
            "reply_date": "2023-06-12",
            "contact": "乙某",
            "phone": "0571-87000001",
        },
    ),
    Letter(
        "county, full name of the congress, handed on (Yunnan)",
        f"""甲某某等代表:
你们在沧水县第十六届人民代表大会第四次会议期间提出的《关于修复大田村灌渠的建议》，已交由我局办理。现将办理情况答复如下：
{BODY}感谢你们对水务工作的支持，对以上办理有何意见，请填入“征询意见表”反馈。
沧水县水务局
2019年5月20日
""",
        {
            "kind": "suggestion",
            "session": "沧水县第十六届人民代表大会第四次会议",
            "title": "关于修复大田村灌渠的建议",
            "lead": "沧水县水务局",
            "deputies": ["甲某某"],
            "reply_date": "2019-05-20",
        },
    ),
    Letter(
        "national proposal, session over two lines, class in the number",
        f"""关于政协第十三届全国委员会
第三次会议第03321号（工交邮电类412号）提案答复的函

甲某、乙某委员：
你们提出的“关于完善农村寄递网络的提案”收悉，经商财政部、农业农村部，现函复如下：
{BODY}感谢你们对邮政工作的关心和支持。
联系单位及电话：市场监管司 010-66000002
国家邮政局
2020年9月8日
""",
        {
            "kind": "proposal",
            "number": "03321",
            "session": "政协第十三届全国委员会第三次会议",
            "title": "关于完善农村寄递网络的提案",
            "lead": "国家邮政局",
            "co": ["财政部", "农业农村部"],
            "deputies": ["甲某", "乙某"],
            "reply_date": "2020-09-08",
            "phone": "010-66000002",
        },
    ),
    Letter(
        "index table in one column, two dates",
        f"""索 引 号：  113300/2022-00461
公开方式：主动公开
发布机构：市民政局
成文日期：2022-07-05
发布日期：2022-11-18
文号：湖民提〔2022〕17号

对市政协九届一次会议第161号提案的答复
甲某委员：
您提出的《关于推进老年食堂建设的建议》收悉。经研究，现答复如下：
{BODY}再次感谢您的关心！
2022年7月5日
联系人：丙某，电话：2390000
""",
        {
            "kind": "proposal",
            "number": "161",
            "doc_no": "湖民提〔2022〕17号",
            "session": "市政协九届一次会议",
            "title": "关于推进老年食堂建设的建议",
            "lead": "市民政局",
            "deputies": ["甲某"],
            "reply_date": "2022-07-05",
            "publish_date": "2022-11-18",
            "index_no": "113300/2022-00461",
            "disclosure": "active",
            "contact": "丙某",
            "phone": "2390000",
        },
    ),
    Letter(
        "number with a district's letter, ten deputies",
        f"""市交通运输局关于市九届人大一次会议温第 12 号建议的答复函

甲某、乙某、丙某等10位代表：
你们在市九届人大一次会议上提出的关于打通滨江断头路的建议收悉。我局会同市资规局、市住建局认真研究，现答复如下：
{BODY}感谢您对交通工作的关心！
市交通运输局
二〇二二年八月三日
""",
        {
            "kind": "suggestion",
            "number": "温12",
            "session": "市九届人大一次会议",
            "title": "关于打通滨江断头路的建议",
            "lead": "市交通运输局",
            "co": ["市资规局", "市住建局"],
            "deputies": ["甲某", "乙某", "丙某"],
            "deputy_count": 10,
            "reply_date": "2022-08-03",
        },
    ),
    Letter(
        "class after the title, own document number, number of letters",
        f"""平教复函[2021]8号                                签发人：丁某
对市八届人大五次会议BH021号建议的答复（A）
甲某代表：
您提出的《关于增加学前教育学位的建议》收悉，现将办理情况答复如下：
{BODY}感谢您对教育工作的关注。
平川市教育局
2021年5月31日
（联系人：乙某 联系电话：13800000000）
""",
        {
            "kind": "suggestion",
            "number": "BH021",
            "doc_no": "平教复函[2021]8号",
            "session": "市八届人大五次会议",
            "title": "关于增加学前教育学位的建议",
            "lead": "平川市教育局",
            "deputies": ["甲某"],
            "reply_date": "2021-05-31",
            "letter": "A",
            "contact": "乙某",
            "phone": "13800000000",
        },
    ),
    Letter(
        "answer to a party, full proposal number with the year",
        f"""市文化广电和旅游局关于市政协十四届二次会议第20230115号提案的答复

民盟市委会：
贵单位在市政协十四届二次会议上提出的《关于活化利用工业遗存的提案》（第20230115号）收悉。现答复如下：
{BODY}感谢贵单位对文旅工作的支持！
市文化广电和旅游局
2023年7月28日
""",
        {
            "kind": "proposal",
            "number": "20230115",
            "session": "市政协十四届二次会议",
            "title": "关于活化利用工业遗存的提案",
            "lead": "市文化广电和旅游局",
            "deputies": ["民盟市委会"],
            "reply_date": "2023-07-28",
        },
    ),
    Letter(
        "a co-handler's opinion to another bureau",
        f"""市财政局关于市十五届人大三次会议第204号建议的会办意见

市交通运输局：
甲某代表提出的《关于加大农村公路养护投入的建议》（第204号）收悉。现将我局会办意见函告如下：
{BODY}
市财政局
2024年4月18日
""",
        {
            "kind": "co_opinion",
            "number": "204",
            "session": "市十五届人大三次会议",
            "title": "关于加大农村公路养护投入的建议",
            "lead": "市财政局",
            "deputies": ["甲某"],
            "reply_date": "2024-04-18",
        },
    ),
    Letter(
        "a second reply",
        f"""关于县十四届人大第2次会议第35号建议的再次答复

尊敬的甲某代表：
您好！您在县十四届人大第2次会议上提出的“关于整治桥头菜市场的建议”，我局已于前期答复。现根据您的反馈意见，再次答复如下：
{BODY}
县市场监督管理局
2022年12月6日
""",
        {
            "kind": "suggestion",
            "round": 2,
            "number": "35",
            "session": "县十四届人大第2次会议",
            "title": "关于整治桥头菜市场的建议",
            "lead": "县市场监督管理局",
            "deputies": ["甲某"],
            "reply_date": "2022-12-06",
        },
    ),
    Letter(
        "no title, theme bare, no number",
        f"""甲某、乙某代表：
你们提出的关于规范共享单车停放的建议收悉，现答复如下：
{BODY}感谢你们的支持与理解。
区综合行政执法局
2020年6月1日
""",
        {
            "kind": "suggestion",
            "title": "关于规范共享单车停放的建议",
            "lead": "区综合行政执法局",
            "deputies": ["甲某", "乙某"],
            "reply_date": "2020-06-01",
        },
    ),
    Letter(
        "masked names and telephone",
        f"""对市六届人大四次会议第77号建议的答复
***代表：
您提出的《关于增设公交线路的建议》已收悉，现答复如下：
{BODY}感谢您的关心。
市交通运输局
2019年7月22日
联系人：***，联系电话：****
""",
        {
            "kind": "suggestion",
            "number": "77",
            "session": "市六届人大四次会议",
            "title": "关于增设公交线路的建议",
            "lead": "市交通运输局",
            "reply_date": "2019-07-22",
        },
    ),
    Letter(
        "digits lost by the page",
        f"""关于县第十七届人大次会议第号建议的答复
甲某代表：
您提出的《关于解决山后村饮水困难的建议》收悉。现答复如下：
{BODY}感谢您的支持！
县水利局
20224月8日
""",
        {
            "kind": "suggestion",
            "title": "关于解决山后村饮水困难的建议",
            "lead": "县水利局",
            "deputies": ["甲某"],
        },
    ),
    Letter(
        "page of a county site with its furniture",
        f"""登录 | 注册   微信 简体 繁体
无障碍阅读 进入适老模式

河阳县交通运输局对县十一届人大一次会议第52号建议的答复

来源：县政府办2022-08-11
浏览量：6223
甲某代表：

您提出关于“党校路及周边道路改造”的建议收悉。现答复如下：

{BODY}
感谢各位代表对交通运输工作的关心和支持，多提宝贵意见建议。

2022年8月9日

扫一扫在手机打开当前页
""",
        {
            "kind": "suggestion",
            "number": "52",
            "session": "县十一届人大一次会议",
            "title": "关于“党校路及周边道路改造”的建议",
            "lead": "河阳县交通运输局",
            "deputies": ["甲某"],
            "reply_date": "2022-08-09",
            "publish_date": "2022-08-11",
        },
    ),
    Letter(
        "Shanghai: words instead of letters",
        f"""关于区十七届人大一次会议第0036号代表建议的答复
甲某代表：
您提出的关于“完善社区养老服务设施”的代表建议收悉，经研究，现将办理情况答复如下：
{BODY}感谢您对民政工作的关心和支持。
区民政局
2022年4月26日
联系人姓名：乙某
联系电话：62000003
联系地址：滨河路1号   邮政编码：200000
办理结果：解决采纳
""",
        {
            "kind": "suggestion",
            "number": "0036",
            "session": "区十七届人大一次会议",
            "title": "关于“完善社区养老服务设施”的代表建议",
            "lead": "区民政局",
            "deputies": ["甲某"],
            "reply_date": "2022-04-26",
            "letter": "解决采纳",
            "contact": "乙某",
            "phone": "62000003",
        },
    ),
    Letter(
        "delegation as the proposer",
        f"""市发展改革委关于市十七届人大三次会议第145号建议的答复
南山镇代表团：
贵团在市十七届人大三次会议上提出的《关于支持南山镇建设产业园的建议》收悉。经商市经信局、市自然资源局，现答复如下：
{BODY}感谢贵团对我们工作的支持。
市发展改革委
2023年5月9日
""",
        {
            "kind": "suggestion",
            "number": "145",
            "session": "市十七届人大三次会议",
            "title": "关于支持南山镇建设产业园的建议",
            "lead": "市发展改革委",
            "co": ["市经信局", "市自然资源局"],
            "deputies": ["南山镇代表团"],
            "reply_date": "2023-05-09",
        },
    ),
    Letter(
        "news of a meeting",
        """市人大常委会督办重点代表建议

5月16日，市人大常委会副主任一行到市水利局督办代表建议。在市十五届人大二次会议上，甲某等代表提出了关于改善城北片区供水的建议，被列为重点建议。
市水利局负责人汇报了办理情况。与会代表对答复表示满意。
""",
        {"kind": "article", "title": "市人大常委会督办重点代表建议"},
    ),
    Letter(
        "year-end tally",
        """2022年人大代表建议和政协委员提案办理情况

2022年，我局共承办市人大代表建议12件、政协提案20件，其中主办15件。收到建议、提案后，我局高度重视，明确责任领导，全部按期办结，满意率100%。
""",
        {"kind": "article", "title": "2022年人大代表建议和政协委员提案办理情况"},
    ),
    Letter(
        "a citizen's letter",
        """网友：您好！您在网上提出的关于增加公厕的建议收悉，现回复如下：
我局已将增设公厕列入计划。感谢您的来信！
2019年3月2日
""",
        {"kind": "message", "reply_date": "2019-03-02"},
    ),
    Letter(
        "proposal answered by a ministry, proposer in the opening",
        f"""对十三届全国人大四次会议第5053号建议的答复
水办议〔2021〕33号

甲某代表：
您提出的关于支持小型水库除险加固的建议收悉。经商财政部，现答复如下：
{BODY}感谢您对水利工作的关心和支持，希望继续提出宝贵意见和建议。
水利部
2021年7月14日
""",
        {
            "kind": "suggestion",
            "number": "5053",
            "doc_no": "水办议〔2021〕33号",
            "session": "十三届全国人大四次会议",
            "title": "关于支持小型水库除险加固的建议",
            "lead": "水利部",
            "co": ["财政部"],
            "deputies": ["甲某"],
            "reply_date": "2021-07-14",
        },
    ),
    Letter(
        "province, theme doubled, opinions asked",
        f"""山东省教育厅
关于省政协十二届五次会议第12050238号提案的答复

甲某委员：
您提出的“关于加强中小学心理健康教育的建议”的提案收悉，我厅征求了省卫生健康委的意见，现将有关情况答复如下：
{BODY}感谢您对教育事业的关心支持。
联系电话：0531-81000004
山东省教育厅
2022年6月30日
（此件主动公开）
""",
        {
            "kind": "proposal",
            "number": "12050238",
            "session": "省政协十二届五次会议",
            "title": "关于加强中小学心理健康教育的建议",
            "lead": "山东省教育厅",
            "consulted": ["省卫生健康委"],
            "deputies": ["甲某"],
            "reply_date": "2022-06-30",
            "disclosure": "active",
            "phone": "0531-81000004",
        },
    ),
    Letter(
        "the deputies in the letter's title",
        f"""关于对甲某代表提出的第十九号建议的答复

甲某代表：
您在县十八届人大三次会议期间提出的关于设立乡镇急救点的建议，现答复如下：
{BODY}
县卫生健康局
2021.6.18
""",
        {
            "kind": "suggestion",
            "number": "十九",
            "session": "县十八届人大三次会议",
            "title": "关于设立乡镇急救点的建议",
            "lead": "县卫生健康局",
            "deputies": ["甲某"],
            "reply_date": "2021-06-18",
        },
    ),
    Letter(
        "traditional characters with readings (a mirror)",
        """青江縣教育局對縣十三屆人大二次會(huì)議第9號建議的答復(fù)
甲某代表:
您提出的《關(guān)于改善鄉(xiāng)村學(xué)校食堂的建議》收悉,,現(xiàn)答復(fù)如下:
我局將(jiāng)分批改造食堂。
感謝您對教育工作的關(guān)心!
青江縣教育局
2018年5月15日
""",
        {
            "kind": "suggestion",
            "number": "9",
            "session": "縣十三屆人大二次會議",
            "title": "關于改善鄉村學校食堂的建議",
            "lead": "青江縣教育局",
            "deputies": ["甲某"],
            "reply_date": "2018-05-15",
        },
    ),
    Letter(
        "line breaks lost",
        "区城管局关于区七届人大四次会议第31号建议的答复 甲某代表：您提出的《关于增设充电桩的建议》收悉，"
        "现答复如下：一、基本情况。全区已建充电桩320个。二、下一步打算。（一）编制规划。（二）加快建设。"
        "感谢您的支持！ 区城管局 2021年9月3日",
        {
            "kind": "suggestion",
            "number": "31",
            "session": "区七届人大四次会议",
            "title": "关于增设充电桩的建议",
            "lead": "区城管局",
            "deputies": ["甲某"],
            "reply_date": "2021-09-03",
        },
    ),
    Letter(
        "class and disclosure glued to the document number",
        f"""B类 同意公开  丽建提〔2020〕15号
市住房和城乡建设局关于市政协四届四次会议第58号提案的答复
甲某、乙某委员：
你们提出的《关于加快老旧小区改造的提案》收悉，现答复如下：
{BODY}
市住房和城乡建设局
2020年7月10日
承办人及联系电话：丙某，2110005
""",
        {
            "kind": "proposal",
            "number": "58",
            "doc_no": "丽建提〔2020〕15号",
            "session": "市政协四届四次会议",
            "title": "关于加快老旧小区改造的提案",
            "lead": "市住房和城乡建设局",
            "deputies": ["甲某", "乙某"],
            "reply_date": "2020-07-10",
            "disclosure": "active",
            "letter": "B",
            "contact": "丙某",
            "phone": "2110005",
        },
    ),
    Letter(
        "a title cited in the opening beside the case's own",
        f"""市生态环境局关于市十四届人大五次会议第66号建议的答复
甲某代表：
根据《代表建议办理办法》要求，您提出的《关于治理白水河的建议》（第66号）由我局主办，市水利局、城东区政府协办。经研究，现答复如下：
{BODY}感谢您的关心。
市生态环境局
2021年6月25日
""",
        {
            "kind": "suggestion",
            "number": "66",
            "session": "市十四届人大五次会议",
            "title": "关于治理白水河的建议",
            "lead": "市生态环境局",
            "co": ["市水利局", "城东区政府"],
            "deputies": ["甲某"],
            "reply_date": "2021-06-25",
        },
    ),
    Letter(
        "copies of two answers, tail of a government site",
        f"""首页 > 政务公开 > 建议提案办理
关于区政协五届三次会议第14号提案的复函
发布时间：2023-09-27 10:21  浏览次数：34  字体：[大 中 小]
甲某委员：
您提出的《关于丰富社区文化生活的建议》提案收悉。经研究，现复函如下：
{BODY}感谢您对文化工作的关心与支持！
区文化和旅游局
2023年6月20日
【打印本页】【关闭窗口】
上一篇：区文化馆开放通知
下一篇：没有了
主办单位：区人民政府办公室  ICP备案：浙ICP备00000000号
""",
        {
            "kind": "proposal",
            "number": "14",
            "session": "区政协五届三次会议",
            "title": "关于丰富社区文化生活的建议",
            "lead": "区文化和旅游局",
            "deputies": ["甲某"],
            "reply_date": "2023-06-20",
            "publish_date": "2023-09-27",
        },
    ),
    Letter(
        "the number told in the opening only",
        f"""关于《关于推动夜间经济发展的建议》的答复
尊敬的甲某代表：
您好！您提出的第128号建议《关于推动夜间经济发展的建议》已收到，非常感谢您对商务工作的关注。现就有关问题答复如下：
{BODY}
市商务局
2022年5月17日
""",
        {
            "kind": "suggestion",
            "number": "128",
            "title": "关于推动夜间经济发展的建议",
            "lead": "市商务局",
            "deputies": ["甲某"],
            "reply_date": "2022-05-17",
        },
    ),
    Letter(
        "people's congress between sessions",
        f"""关于市十六届人大闭会期间第3号建议的答复
甲某代表：
您在闭会期间提出的《关于规范网约车管理的建议》收悉，现答复如下：
{BODY}感谢您的支持。
市交通运输局
2024年10月15日
""",
        {
            "kind": "suggestion",
            "number": "3",
            "title": "关于规范网约车管理的建议",
            "lead": "市交通运输局",
            "deputies": ["甲某"],
            "reply_date": "2024-10-15",
        },
    ),
    Letter(
        "chinese people's political consultative conference in full",
        f"""关于中国人民政治协商会议临江市第八届委员会第二次会议第43号提案的答复
临江市工商联：
你会在市政协八届二次会议上提出的《关于优化民营企业融资环境的提案》收悉。经会同人行临江支行、市财政局研究，现答复如下：
{BODY}
市地方金融监管局
2018年9月5日
""",
        {
            "kind": "proposal",
            "number": "43",
            "session": "中国人民政治协商会议临江市第八届委员会第二次会议",
            "title": "关于优化民营企业融资环境的提案",
            "lead": "市地方金融监管局",
            "co": ["人行临江支行", "市财政局"],
            "deputies": ["临江市工商联"],
            "reply_date": "2018-09-05",
        },
    ),
    Letter(
        "a street's reply, three proposers",
        f"""东河街道办事处关于区十届人大二次会议第27号建议的答复
甲某等3名代表：
你们提出的《关于改造东河农贸市场的建议》收悉。经我街研究，现答复如下：
{BODY}
东河街道办事处
2023年4月27日
抄送：区人大常委会代表联络室，区政府办公室。
""",
        {
            "kind": "suggestion",
            "number": "27",
            "session": "区十届人大二次会议",
            "title": "关于改造东河农贸市场的建议",
            "lead": "东河街道办事处",
            "deputies": ["甲某"],
            "deputy_count": 3,
            "reply_date": "2023-04-27",
        },
    ),
    Letter(
        "the sender calls a proposal a suggestion",
        f"""市人力资源和社会保障局关于政协市十届五次会议第95号提案的答复
甲某代表：
您提出的《关于加强技能人才培养的建议》收悉，现答复如下：
{BODY}
市人力资源和社会保障局
2021年8月2日
""",
        {
            "kind": "proposal",
            "number": "95",
            "session": "政协市十届五次会议",
            "title": "关于加强技能人才培养的建议",
            "lead": "市人力资源和社会保障局",
            "deputies": ["甲某"],
            "reply_date": "2021-08-02",
        },
    ),
    Letter(
        "index table in two columns",
        f"""索引号：002489/2021-10422  主题分类：卫生健康
发文机关：市卫生健康委  成文日期：2021-07-19
标题：对市政协十三届五次会议第205号提案的答复
发文字号：穗卫案〔2021〕61号  发布日期：2021-09-01

对市政协十三届五次会议第205号提案的答复
甲某委员：
您提出的《关于发展社区中医药服务的提案》收悉。现答复如下：
{BODY}专此答复，诚挚感谢您对卫生健康工作的支持。
市卫生健康委
2021年7月19日
""",
        {
            "kind": "proposal",
            "number": "205",
            "doc_no": "穗卫案〔2021〕61号",
            "session": "市政协十三届五次会议",
            "title": "关于发展社区中医药服务的提案",
            "lead": "市卫生健康委",
            "deputies": ["甲某"],
            "reply_date": "2021-07-19",
            "publish_date": "2021-09-01",
            "index_no": "002489/2021-10422",
        },
    ),
    Letter(
        "answer to the proposals of three, numbers joined",
        f"""关于市十二届人大二次会议第15号、第48号建议的答复
甲某、乙某代表：
你们分别提出的《关于整治城区内涝的建议》（第15号）、《关于疏浚城南河的建议》（第48号）收悉。因内容相近，现一并答复如下：
{BODY}
市水务局
2022年6月8日
""",
        {
            "kind": "suggestion",
            "number": "15",
            "session": "市十二届人大二次会议",
            "title": "关于整治城区内涝的建议",
            "lead": "市水务局",
            "deputies": ["甲某", "乙某"],
            "reply_date": "2022-06-08",
        },
    ),
    Letter(
        "brackets of the document number lost, class at the top",
        f"""类别：C
舞水〔202219号
关于县政协九届二次会议第73号提案的答复
甲某委员：
您提出的“关于修建河滨步道的建议”收悉，现答复如下：
{BODY}
县水利局
2022年5月6日
""",
        {
            "kind": "proposal",
            "number": "73",
            "session": "县政协九届二次会议",
            "title": "关于修建河滨步道的建议",
            "lead": "县水利局",
            "deputies": ["甲某"],
            "reply_date": "2022-05-06",
            "letter": "C",
        },
    ),
    Letter(
        "no formula at all",
        f"""关于区十一届人大一次会议第102号建议办理情况的答复
甲某代表：
您好！感谢您对我区养老工作的关注。
{BODY}祝您工作顺利！
区民政局
2022-05-30
""",
        {
            "kind": "suggestion",
            "number": "102",
            "session": "区十一届人大一次会议",
            "title": "关于区十一届人大一次会议第102号建议办理情况的答复",
            "lead": "区民政局",
            "deputies": ["甲某"],
            "reply_date": "2022-05-30",
        },
    ),
    Letter(
        "the number in a line of its own, proposer's line",
        f"""建议编号：2024-117
领衔代表：甲某
主办单位：市农业农村局
会办单位：市财政局、市商务局
市农业农村局关于发展预制菜产业的建议的答复
甲某代表：
您提出的建议收悉，现答复如下：
{BODY}
市农业农村局
2024年7月1日
""",
        {
            "kind": "suggestion",
            "number": "2024-117",
            "title": "关于发展预制菜产业的建议",
            "lead": "市农业农村局",
            "co": ["市财政局", "市商务局"],
            "deputies": ["甲某"],
            "reply_date": "2024-07-01",
        },
    ),
    Letter(
        "office behind another name",
        f"""市委改革办（市数据局）关于市十六届人大六次会议第248号建议的答复
甲某代表：
您在市十六届人大六次会议上提出的《关于推进一件事联办的建议》收悉。经商市公安局、市人社局和市医保局，现答复如下：
{BODY}
市委改革办（市数据局）
2025年5月28日
联系人：乙某
联系电话：89180006
""",
        {
            "kind": "suggestion",
            "number": "248",
            "session": "市十六届人大六次会议",
            "title": "关于推进一件事联办的建议",
            "lead": "市委改革办（市数据局）",
            "co": ["市公安局", "市人社局", "市医保局"],
            "deputies": ["甲某"],
            "reply_date": "2025-05-28",
            "contact": "乙某",
            "phone": "89180006",
        },
    ),
    Letter(
        "deputies parted by blanks, comma after the formula",
        f"""关于镇十九届人大三次会议第6号建议的答复
甲某  乙某  丙某某 代表：
你们提出的《关于修缮镇敬老院的建议》收悉，经研究，现将有关情况答复如下，请审阅。
{BODY}
河口镇人民政府
2023年3月30日
""",
        {
            "kind": "suggestion",
            "number": "6",
            "session": "镇十九届人大三次会议",
            "title": "关于修缮镇敬老院的建议",
            "lead": "河口镇人民政府",
            "deputies": ["甲某", "乙某", "丙某某"],
            "reply_date": "2023-03-30",
        },
    ),
    Letter(
        "a policy notice",
        """索引号：000014/2018-00120  发文机关：省人民政府办公厅
发布日期：2018年11月9日
省人民政府办公厅关于做好防汛工作的通知

各市、县人民政府：
为做好今年防汛工作，现将有关事项通知如下：
一、压实责任。二、备足物资。
省人民政府办公厅
2018年10月27日
""",
        {
            "kind": "article",
            "title": "省人民政府办公厅关于做好防汛工作的通知",
            "publish_date": "2018-11-09",
            "index_no": "000014/2018-00120",
        },
    ),
    Letter(
        "labels of the index table cut by the page",
        f"""号：1134/2020-00077
称：关于市政协八届四次会议第39号提案的答复
期：2020-08-14
关于市政协八届四次会议第39号提案的答复
甲某委员：
您提出的《关于保护古树名木的提案》（第39号）收悉。现答复如下：
{BODY}
市林业局
2020年8月12日
""",
        {
            "kind": "proposal",
            "number": "39",
            "session": "市政协八届四次会议",
            "title": "关于保护古树名木的提案",
            "lead": "市林业局",
            "deputies": ["甲某"],
            "reply_date": "2020-08-12",
            "index_no": "1134/2020-00077",
        },
    ),
    Letter(
        "repost with a foreign date, no date at the foot",
        f"""当前位置：首页 > 行业资讯 > 正文
市投资促进局关于市七届人大四次会议第19号建议的答复
小编 2年前 (2022-03-15) 行业资讯 120
您在市七届人大四次会议期间提出的《关于办好产业对接会的建议》（第19号）悉。现将有关情况答复如下：
{BODY}感谢您对招商工作的关心。
张老师微信号
厂房出租热线：400 0000 000
版权声明：本文由某厂房网发布，如需转载请注明出处。
相关文章
【热门】某地出台新政
  某地2024年1月5日出台新政，总投资300亿元……
""",
        {
            "kind": "suggestion",
            "number": "19",
            "session": "市七届人大四次会议",
            "title": "关于办好产业对接会的建议",
            "lead": "市投资促进局",
            "publish_date": "2022-03-15",
        },
    ),
    Letter(
        "title and opening disagree on the session",
        f"""县住建局关于县十五届人大三次会议第41号建议的答复
甲某代表：
您在县十五届人大二次会议上提出的《关于建设生态停车场的建议》收悉，现答复如下：
{BODY}
县住建局
2021年6月3日
""",
        {
            "kind": "suggestion",
            "number": "41",
            "session": "县十五届人大三次会议",
            "title": "关于建设生态停车场的建议",
            "lead": "县住建局",
            "deputies": ["甲某"],
            "reply_date": "2021-06-03",
        },
    ),
    Letter(
        "telephone with extension, section named",
        f"""关于市政协十一届一次会议第230号提案的答复
致公党市委会：
贵单位提出的《关于加强涉侨法律服务的提案》收悉，感谢贵单位对我市司法行政工作的关心。经研究，现答复如下：
{BODY}
市司法局
2017年7月6日
联系科室、人员及电话：公共法律服务科 乙某 0731-88000007
""",
        {
            "kind": "proposal",
            "number": "230",
            "session": "市政协十一届一次会议",
            "title": "关于加强涉侨法律服务的提案",
            "lead": "市司法局",
            "deputies": ["致公党市委会"],
            "reply_date": "2017-07-06",
            "contact": "乙某",
            "phone": "0731-88000007",
        },
    ),
    Letter(
        "full-width figures and numerals of the old kind",
        f"""关于市十届人大三次会议第１０７号建议的答复
甲某代表：
您提出的《关于开通高铁接驳专线的建议》（第１０７号）收悉，现答复如下：
{BODY}
市交通委员会
二○一七年六月九日
""",
        {
            "kind": "suggestion",
            "number": "107",
            "session": "市十届人大三次会议",
            "title": "关于开通高铁接驳专线的建议",
            "lead": "市交通委员会",
            "deputies": ["甲某"],
            "reply_date": "2017-06-09",
        },
    ),
    Letter(
        "a motion handled as a suggestion",
        f"""市公安局对市三届人大五次会议第4号议案的答复
甲某等12名代表：
你们联名提出的《关于加强电动自行车管理的议案》收悉，大会主席团决定作为建议办理。我局经与市市场监管局、市消防救援支队共同研究，现答复如下：
{BODY}
市公安局
2020年6月29日
""",
        {
            "kind": "suggestion",
            "number": "4",
            "session": "市三届人大五次会议",
            "title": "关于加强电动自行车管理的议案",
            "lead": "市公安局",
            "co": ["市市场监管局", "市消防救援支队"],
            "deputies": ["甲某"],
            "deputy_count": 12,
            "reply_date": "2020-06-29",
        },
    ),
    Letter(
        "no signature but a table, dates in slashes",
        f"""索引号 330000/2023-118 公开方式 依申请公开
发布机构 市医疗保障局 发布日期 2023/10/12
关于市十四届人大二次会议第73号建议的答复
甲某代表：
您提出的《关于扩大门诊慢病保障的建议》收悉，现答复如下：
{BODY}感谢您的关心与支持！
""",
        {
            "kind": "suggestion",
            "number": "73",
            "session": "市十四届人大二次会议",
            "title": "关于扩大门诊慢病保障的建议",
            "lead": "市医疗保障局",
            "deputies": ["甲某"],
            "publish_date": "2023-10-12",
            "index_no": "330000/2023-118",
            "disclosure": "on_request",
        },
    ),
    Letter(
        "meeting earlier in the letter is no date of the letter",
        f"""关于市六届人大一次会议第150号建议的答复
甲某代表：
您提出的《关于建设城市书房的建议》收悉。2022年5月11日，我局与您进行了面商。现答复如下：
{BODY}2021年12月30日，首个书房开放。
衷心感谢您的关心！
市文广新局
""",
        {
            "kind": "suggestion",
            "number": "150",
            "session": "市六届人大一次会议",
            "title": "关于建设城市书房的建议",
            "lead": "市文广新局",
            "deputies": ["甲某"],
        },
    ),
]


TUNED = [letter for n, letter in enumerate(LETTERS) if n % 3 != 2]
HELD_OUT = [letter for n, letter in enumerate(LETTERS) if n % 3 == 2]
