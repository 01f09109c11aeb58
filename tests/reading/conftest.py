"""The reader over the repository's ontology, made once, and an invented reply in the forms that files have."""

from __future__ import annotations

import pytest

from ecograph.ontology import Ontology
from ecograph.reading import Reader

INVENTED = """临江市北湖区数据局文件

北数复〔2031〕7号　　　　　　　　签发人：钟晓棠

对北湖区第九届人大三次会议第108号代表建议的答复

办理结果：正在解决　类别：B类

顾长河、黎明月代表：

你们提出的《关于建设“数字北湖”算力底座的建议》收悉。经研究，现答复如下：

近年来，北湖区坚持以场景带动产业，累计建成边缘节点12个，接入企业三百余家，算力规模位居全市前列，形成了较为完整的数据服务链条，企业反映良好。

一、夯实基础设施

区数据局会同临江大学共同建设北湖智算中心，已为蓝鲸智能、青橙软件等40家企业提供服务，平均用算成本下降两成以上，中小企业获得感明显增强。

二、存在的问题

一是电力配套不足；二是专业人才短缺，尤其是既懂行业又懂算法的复合型人才还不能满足企业需要，制约了部分项目落地的速度。

三、下一步打算

（一）争取市级支持。推动北湖智算中心二期纳入全市重点项目，力争明年上半年开工，同步完善周边供电与散热设施，保障项目如期投用。

（二）引进专业人才。支持蓝鲸智能与临江大学联合培养研究生，每年安排不少于五十个实习岗位，并落实好住房和子女入学等政策。

感谢你们对数据工作的关心和支持。

临江市北湖区数据局

2031年5月9日

（联系人：综合科 方以南，联系电话：0999-5550123）

抄送：区人大代表工委
"""


@pytest.fixture(scope="session")
def reader() -> Reader:
    """A reader with the records of the checkout."""
    return Reader(Ontology())


@pytest.fixture(scope="session")
def invented() -> str:
    """A short invented reply, one paragraph a line."""
    return INVENTED
