"""The variables, by what they are about. Their names in the environment are written in capitals."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict
from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, SecretStr
from pydantic_settings import NoDecode

BASE_DIR = Path(__file__).resolve().parents[2]


def variable(default: Any, *, zh: str, en: str, unset: str = "", **bounds: Any) -> Any:
    """A variable and what it says of itself. unset: what is told in the place of the default."""
    return Field(default, description=en, json_schema_extra={"zh": zh, "unset": unset}, **bounds)


def parted(separator: str = ",") -> Callable[[Any], Any]:
    def parts(value: Any) -> Any:
        if isinstance(value, str):
            return [part.strip() for part in value.split(separator) if part.strip()]
        return value

    return parts


def _three_weights(value: list[float]) -> list[float]:
    if len(value) != 3 or not all(0 <= weight <= 1000 for weight in value):
        raise ValueError("three numbers from 0 to 1000, such as 1,1,8")
    return value


def _postgres(value: SecretStr) -> SecretStr:
    address = value.get_secret_value()
    try:
        told = conninfo_to_dict(address)
    except ProgrammingError:
        told = {}
    if address and not (address.startswith(("postgres://", "postgresql://")) and "dbname" in told):
        raise ValueError("an address such as postgres://user:password@host:5432/name")
    return value


def _redis(value: SecretStr) -> SecretStr:
    address = value.get_secret_value()
    if address and not address.startswith(("redis://", "rediss://")):
        raise ValueError("an address such as redis://:password@host:6379/0")
    return value


def _no_built_in_embedder(value: str) -> str:
    if value == "lexical":
        raise ValueError("lexical is built in; name a model of the endpoint")
    return value


Listed = Annotated[list[str], NoDecode, BeforeValidator(parted())]
Rate = Annotated[str, Field(pattern=r"^[1-9]\d*/(s|sec|m|min|h|hour|d|day)$")]
Weights = Annotated[
    list[float], NoDecode, BeforeValidator(parted()), AfterValidator(_three_weights)
]


class General(BaseModel):
    title: ClassVar = ("总体", "In general")

    environment: Literal["development", "production"] = variable(
        "development",
        zh="production 要求密钥和主机名，只走 HTTPS，日志写成 JSON。",
        en="production demands a secret key and host names, serves HTTPS only and logs JSON.",
    )
    debug: bool = variable(
        False,
        zh="把错误的细节给浏览器看，日志更详细；production 下不许打开。",
        en="Show details of errors to browsers, and log more; refused in production.",
    )
    secret_key: SecretStr = variable(
        SecretStr(""),
        zh="给会话签名的长随机文本；开发时自动生成，存在数据目录里。",
        en="A long random text that signs sessions; in development one is made and kept with the"
        " data.",
        unset="made",
    )
    aisociety_data_dir: Path = variable(
        BASE_DIR / ".data",
        zh="内嵌服务存放数据的目录。",
        en="Where the embedded services keep what they hold.",
        unset=".data",
    )
    time_scale: int = variable(
        0,
        zh="新建的小镇每个现实分钟过多少游戏分钟；0：听剧本的。",
        en="Game minutes that pass in a real one in a town that is founded; 0: as its scenario"
        " has it.",
        ge=0,
        le=3600,
    )


class Stores(BaseModel):
    title: ClassVar = ("数据库与 Redis", "Database and Redis")

    database_url: Annotated[SecretStr, AfterValidator(_postgres)] = variable(
        SecretStr(""),
        zh="带 pgvector 的 PostgreSQL 的地址，如 postgres://用户:密码@主机:5432/库名；多台主机用逗号"
        "隔开，会连到可写的那台。不设：用内嵌的。",
        en="A PostgreSQL with pgvector, such as postgres://user:password@host:5432/name; of several"
        " hosts, divided by commas, the one that takes writes is used. Unset: embedded.",
        unset="embedded",
    )
    database_pool: int = variable(
        8,
        zh="每个进程最多几条数据库连接。",
        en="Database connections of each process at most.",
        ge=1,
        le=100,
    )
    database_timeout: int = variable(
        10,
        zh="等一条空闲连接最多几秒。",
        en="Seconds to wait for a free connection.",
        ge=1,
        le=300,
    )
    redis_url: Annotated[SecretStr, AfterValidator(_redis)] = variable(
        SecretStr(""),
        zh="Redis 或 Valkey 的地址，如 redis://:密码@主机:6379/0。不设：用内嵌的。",
        en="A Redis or Valkey, such as redis://:password@host:6379/0. Unset: embedded.",
        unset="embedded",
    )


class Backups(BaseModel):
    title: ClassVar = ("备份", "Backups")

    backup_dir: str = variable(
        "",
        zh="备份放在哪里，最好在另一块盘上。不设：数据目录下的 backups。",
        en="Where backups are kept, better on another disk. Unset: backups in the data folder.",
        unset=".data/backups",
    )
    backup_at: str = variable(
        "03:30",
        zh="`manage.py backup --daily` 每天几点备份（UTC）。",
        en="When `manage.py backup --daily` makes one (UTC).",
        pattern=r"^([01]\d|2[0-3]):[0-5]\d$",
    )
    backup_keep: int = variable(
        14,
        zh="它留最近几份。",
        en="How many it keeps.",
        ge=1,
        le=1000,
    )


class Web(BaseModel):
    title: ClassVar = ("网页与接口", "Page and doors")

    allowed_hosts: Listed = variable(
        ["localhost", "127.0.0.1", "[::1]"],
        zh="小镇可以被叫作的主机名，逗号隔开；production 下必须设。",
        en="Names of hosts by which the town may be reached, divided by commas; demanded in"
        " production.",
    )
    https: bool | None = variable(
        None,
        zh="只走 HTTPS：明文请求会被转走，Cookie 只走加密连接，浏览器记住一年（HSTS）。"
        "不设：production 下打开。",
        en="Serve HTTPS only: plain requests are sent there, cookies stay on it, browsers remember"
        " it (HSTS). Unset: on in production.",
        unset="as ENVIRONMENT",
    )
    hsts_seconds: int = variable(
        31_536_000,
        zh="浏览器把“只走 HTTPS”记多少秒；0：不记。",
        en="Seconds for which browsers remember that; 0: they do not.",
        ge=0,
    )
    proxies: int = variable(
        0,
        zh="前面有几层代理，它们说的客户端地址和协议才算数。",
        en="Proxies in front, whose word about client and protocol counts.",
        ge=0,
        le=10,
    )
    public: bool = variable(
        True,
        zh="不登录也可以看。",
        en="Whether people may watch without logging in.",
    )
    rest_rate: Rate = variable(
        "100/min",
        zh="一个客户端请求 REST 的频率上限。",
        en="How often a client may ask the REST doors.",
    )
    export_rate: Rate = variable(
        "10/hour",
        zh="一个客户端下载文件的频率上限。",
        en="How often a client may take a file.",
    )
    stream_outbox: int = variable(
        256,
        zh="慢的观众最多积压多少帧，再多就要求重新同步。",
        en="Frames that wait for a watcher, and that are under way to one that acknowledges them;"
        " whoever falls behind further is told to resync.",
        ge=1,
        le=100_000,
    )
    static_root: str = variable(
        "",
        zh="collectstatic 把文件收到哪里。",
        en="Where collectstatic collects files.",
    )


class Engine(BaseModel):
    title: ClassVar = ("引擎", "Engine")

    worlds_at_hand: int = variable(
        16,
        zh="每个进程在内存里留几个世界的规则和列；引擎同时跑的世界再多，就要反复编译。",
        en="Worlds of which a process keeps rules, stage and columns in memory: those that it used"
        " last. An engine that lives more of them at once compiles their rules over and over.",
        ge=1,
        le=10_000,
    )


class Minds(BaseModel):
    title: ClassVar = ("心智", "Minds")

    default_model: str = variable(
        "",
        zh="新镇居民用什么思考：模型名或 instinct。不设：用有密钥的首选模型，都没有就凭本能。",
        en="What residents of a new town think with: a model's name, or instinct. Unset: the"
        " preferred model whose key is in the environment, and instinct where there is none.",
    )
    minds_in_flight: int = variable(
        256,
        zh="一个心智进程同时最多有几个模型调用。",
        en="Calls to models that one worker process has in flight at most.",
        ge=1,
        le=10_000,
    )
    llm_cassette: Literal["off", "record", "replay"] = variable(
        "off",
        zh="record：留下模型的每个回答；replay：一个都不问，只重放。",
        en="record: keep every reply of a model; replay: ask none, and repeat what was kept.",
    )


def _key(whose: str) -> Any:
    return variable(SecretStr(""), zh=f"{whose} 的密钥。", en=f"The key of {whose}.")


def _address(whose: str, usual: str) -> Any:
    return variable(
        "",
        zh=f"{whose} 的接口地址，代替“语言模型”里写的那个。",
        en=f"Where {whose} is reached, instead of what its row among the models says.",
        unset=usual,
        pattern=r"^https?://",
    )


class Endpoints(BaseModel):
    """What the shipped rows of language models name; others may name what they like."""

    title: ClassVar = ("模型的密钥与地址", "Keys and addresses of models")

    deepseek_api_key: SecretStr = _key("DeepSeek")
    openai_api_key: SecretStr = _key("OpenAI")
    openai_base_url: str = _address("OpenAI", "https://api.openai.com/v1")
    anthropic_api_key: SecretStr = _key("Anthropic")
    ollama_base_url: str = _address("Ollama", "http://localhost:11434/v1")
    vllm_base_url: str = _address("vLLM", "http://localhost:8001/v1")


class Memories(BaseModel):
    title: ClassVar = ("记忆", "Memories")

    memory_weights: Weights = variable(
        [1.0, 1.0, 8.0],
        zh="回忆时新近、重要、相关各算多少。",
        en="How much recency, importance and relevance count when somebody tries to remember.",
    )
    embedding_model: Annotated[str, AfterValidator(_no_built_in_embedder)] = variable(
        "",
        zh="给记忆做向量供搜索用的模型，在 OpenAI 兼容的接口上。不设：只按字词搜索。",
        en="The model, at an OpenAI-compatible endpoint, whose vectors memories are searched by, in"
        " the background. Unset: searches go by words.",
        max_length=128,
    )
    embedding_base_url: str = variable(
        "https://api.openai.com/v1",
        zh="它的接口地址。",
        en="Its endpoint.",
        pattern=r"^https?://",
    )
    embedding_api_key: SecretStr = variable(
        SecretStr(""),
        zh="它的密钥，如果它要。",
        en="Its key, if it needs one.",
    )
    embedding_dimensions: int = variable(
        0,
        zh="向量要多长；0：模型给多长就多长。",
        en="How long its vectors are to be; 0: as long as the model makes them.",
        ge=0,
        le=4000,
    )


class Logs(BaseModel):
    title: ClassVar = ("日志与监控", "Logs and monitoring")

    log_json: bool | None = variable(
        None,
        zh="一行一个 JSON。不设：production 下打开。",
        en="Write a line of JSON for each thing. Unset: on in production.",
        unset="as ENVIRONMENT",
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = variable(
        "INFO",
        zh="比这更轻的不写。",
        en="What weighs less is not written.",
    )
    slow_statement_ms: int = variable(
        1000,
        zh="比这更久的 SQL 语句写进日志，并计数（毫秒）。",
        en="Milliseconds beyond which a statement is written to the log, and counted.",
        ge=1,
    )
    metrics_port: int = variable(
        0,
        zh="这个进程在哪个端口给 Prometheus 读指标；只该在内网可达。0：不给。",
        en="Port at which Prometheus collects what this process measures, for the inside alone; 0:"
        " none.",
        ge=0,
        le=65535,
    )


SECTIONS: tuple[type[BaseModel], ...] = (
    General,
    Stores,
    Backups,
    Web,
    Engine,
    Minds,
    Endpoints,
    Memories,
    Logs,
)
