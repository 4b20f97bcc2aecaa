"""book.yaml, read and checked: a misspelt key or a wrong value stops the build with its name and line."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from pipeline.errors.author import AuthorError, raise_all
from pipeline.errors.hints import nearest

SCHEMA = Path(__file__).with_name("book.schema.yaml")
# Words of YAML's parser: what to try.
YAML = {
    "mapping values are not allowed": 'a text with a colon stands between quotes: title: "Energy: a view"',
    "'\\t' that cannot start": "YAML is indented by spaces, never by tabs",
}
# What users type; chapters and editions are targets, too.
RESERVED = {"all", "figures", "preview", "previews", "preflight", "train", "tables", "picture", "inks", "format",
            "figure", "contents", "chapter", "book", "mend", "metadata", "timings", "web", "svg", "gallery",
            "notebook", "notebooks", "talk", "talks", "frames", "film"}  # fmt: skip


class Loader(yaml.SafeLoader):
    """YAML in which a date is a word."""

    yaml_implicit_resolvers = {  # noqa: RUF012
        first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def line_of(text: str, path: Iterable[str | int]) -> int:
    """The line of the node at `path` (keys and indices) in a YAML text, counted from 1."""
    node = yaml.compose(text)
    line = node.start_mark.line if node else 0
    for step in path:
        if isinstance(node, yaml.MappingNode):
            key, node = next(((k, v) for k, v in node.value if k.value == str(step)), (node, None))
            line = key.start_mark.line
        elif node is None:  # a default, which stands nowhere
            break
        else:
            node = node.value[step]
            line = node.start_mark.line
    return line + 1


def explain(error: ValidationError, properties: dict[str, Any]) -> list[tuple[list[str | int], str, str | None]]:
    """[(path, message, hint)] of one fault, with the nearest known key for each misspelt one."""
    path = list(error.absolute_path)
    instance: Any = error.instance
    schema: Any = error.schema
    if error.validator == "additionalProperties":
        unknown = [key for key in instance if key not in properties]
        return [
            ([*path, k], f"unknown key '{k}'", nearest(k, properties) or f"the keys are {', '.join(properties)}")
            for k in unknown
        ]
    if error.validator == "required":
        lacking = [key for key in schema["required"] if f"'{key}'" in error.message]
        return [(path, f"there is no '{key}'", f"it is {properties[key]['description']}") for key in lacking]
    chapter = error.validator == "pattern" and "description" not in schema
    hint = "lower-case words, with dashes between them" if chapter else schema.get("description")
    return [(path, f"{'.'.join(map(str, path)) or 'the file'}: {error.message}", hint)]


def read_config(path: str | Path) -> dict[str, Any]:
    """The checked contents of a book.yaml as a dict, defaults filled in."""
    path = Path(path)
    if not path.is_file():
        raise AuthorError(f"{path}: there is no such file", "a book is a folder with a book.yaml")
    text = path.read_text(encoding="utf-8")
    try:
        config = yaml.load(text, Loader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line if error.problem_mark else 0
        hint = next((hint for words, hint in YAML.items() if words in str(error.problem)), None)
        raise AuthorError(f"{path}:{line + 1}: {error.problem}", hint) from None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise AuthorError(f"{path}:{line}: the character U+{error.character:04X} cannot stand in YAML") from None
    # libyaml's is ten times faster
    schema = yaml.load(SCHEMA.read_text(encoding="utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    top = yaml.compose(text)
    keys = [key for key, _ in top.value] if isinstance(top, yaml.MappingNode) else []
    for k, key in enumerate(keys):
        if key.value in [other.value for other in keys[:k]]:
            raise AuthorError(f"{path}:{key.start_mark.line + 1}: '{key.value}' stands twice")
    # A word that the schema wants stands as it is written, also where YAML sees a number in it.
    for key, node in top.value if isinstance(top, yaml.MappingNode) else []:
        wanted = schema["properties"].get(key.value, {}).get("type")
        if wanted == "string" and isinstance(node, yaml.ScalarNode) and node.tag != "tag:yaml.org,2002:null":
            config[key.value] = node.value
    found: dict[str, list[AuthorError]] = {}  # {kind of fault: [AuthorError, …]}
    for fault in Draft202012Validator(schema).iter_errors(config):
        for where, message, hint in explain(fault, schema["properties"]):
            found.setdefault(fault.validator, []).append(AuthorError(f"{path}:{line_of(text, where)}: {message}", hint))
    if "additionalProperties" in found:  # a key that lacks may be a misspelt one
        found.pop("required", None)
    raise_all([error for errors in found.values() for error in errors])
    config = {key: value["default"] for key, value in schema["properties"].items() if "default" in value} | config
    taken = set(RESERVED)
    for key, kind in (("editions", "an edition"), ("on_request", "an edition"), ("chapters", "a chapter")):
        for index, name in enumerate(config[key]):
            if name in taken:
                raise AuthorError(
                    f"{path}:{line_of(text, [key, index])}: {kind} cannot be called '{name}': that is a target already"
                )
            taken.add(name)
    return config
