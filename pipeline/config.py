"""book.yaml, read and checked: a misspelt key or a wrong value stops the build with its name and line."""

from difflib import get_close_matches
from pathlib import Path

import yaml
from jsonschema import Draft202012Validator

from pipeline.errors import AuthorError

SCHEMA = Path(__file__).with_name("book.schema.yaml")
# What users type; chapters and editions are targets, too.
RESERVED = {"all", "figures", "preview", "train", "tables", "picture", "figure", "chapter", "book", "contents", "inks", "preflight", "web"}


def line_of(text, path):
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


def explain(error, properties):
    """(path, message) of the first thing that is wrong, with the nearest known key for a misspelt one."""
    path = list(error.absolute_path)
    if error.validator == "additionalProperties":
        key = next(k for k in error.instance if k not in properties)
        near = get_close_matches(str(key), properties, n=1)
        return [*path, key], f"unknown key '{key}'" + (f"; did you mean '{near[0]}'?" if near else "")
    return path, f"{'.'.join(map(str, path)) or 'the file'}: {error.message}"


def read_config(path):
    """The checked contents of a book.yaml as a dict, defaults filled in."""
    path = Path(path)
    if not path.is_file():
        raise AuthorError(f"{path}: there is no such file; a book is a folder with a book.yaml")
    text = path.read_text()
    try:
        config = yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        raise AuthorError(f"{path}:{error.problem_mark.line + 1}: {error.problem}") from None
    schema = yaml.safe_load(SCHEMA.read_text())
    for error in Draft202012Validator(schema).iter_errors(config):
        where, message = explain(error, schema["properties"])
        raise AuthorError(f"{path}:{line_of(text, where)}: {message}")
    config = {key: value["default"] for key, value in schema["properties"].items() if "default" in value} | config
    taken = set(RESERVED)
    for key, kind in (("editions", "an edition"), ("on_request", "an edition"), ("chapters", "a chapter")):
        for index, name in enumerate(config[key]):
            if name in taken:
                raise AuthorError(f"{path}:{line_of(text, [key, index])}: {kind} cannot be called '{name}'; that is a target already")
            taken.add(name)
    return config
