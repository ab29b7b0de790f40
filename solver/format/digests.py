"""What a plan says about the document that it was made for."""

from solver.errors import BadDocument
from solver.format.refusal import fault
from solver.format.text import digest_of_value, parse
from solver.format.writing import write_problem
from solver.problem import Problem


def digest(document: str | bytes) -> str:
    """The sha256 of a document's canonical JSON, lower-case hex (rule book, section 2).

    Spaces, line ends, the order of keys and escapes don't change it; nothing is added or left out.

    Raises:
        BadDocument: it isn't UTF-8 or JSON, repeats a key, or is nested too deep.
    """
    value, findings = parse(document)
    if findings:
        raise BadDocument(tuple(map(fault, findings)))
    return digest_of_value(value)


def digest_of(problem: Problem) -> str:
    """The digest of the document that a problem was read from, or else would be written as."""
    return problem.digest or digest(write_problem(problem))
