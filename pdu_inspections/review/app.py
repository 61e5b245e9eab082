"""The review page: one report's drafts, each with the passage it was found in, decided by mouse or keyboard.

Pages are made here and work without script; the script only binds keys and asks again while a figure is corrected. It
listens on this machine alone: whoever has not come by the address that `pdu review` prints is refused.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader, select_autoescape
from starlette.applications import Starlette
from starlette.datastructures import FormData
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from pdu_inspections.errors import InputError, Problem
from pdu_inspections.reader.vocabulary import SeedRow
from pdu_inspections.review.contradictions import TABLES_OF_MEASURES, Contradiction, find_contradictions
from pdu_inspections.review.copies import PassageLine, find_passage, find_pdf, parse_citation, read_lines
from pdu_inspections.review.drafts import FIGURES, Decision, Draft, DraftKind, finding
from pdu_inspections.review.page_images import page_image
from pdu_inspections.review.store import ReviewStore, RowError

COOKIE = "pdu_review"
FILTERS = ("kind", "certainty", "section", "state")
_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; frame-ancestors 'none'; form-action 'self'; base-uri 'none'",
    "Cache-Control": "no-store",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
_KIND_NAMES = {
    DraftKind.FIGURE: "Figure of running text",
    DraftKind.RECOMMENDATION_TITLE: "Title of a recommendation",
    DraftKind.PROGRESS_TITLE: "Title of an earlier recommendation",
    DraftKind.WORDING: "Unknown wording",
    DraftKind.FINDING: "Contradiction to explain",
    DraftKind.ROW_COUNTS: "Rows read, by table",
}
_ACCEPTED = frozenset({Decision.ACCEPTED, Decision.CORRECTED})
_PAGE_NUMBER = re.compile(r"[0-9]{1,6}")
_LONG_TEXT = frozenset({"description", "title", "question_text", "explanation", "severity_reason"})
_FIXED = frozenset(
    {"inspection_id", "document_id", "table_name", "row_number", "rule_id", "citation_id_a", "citation_id_b"}
)


@dataclass
class Access:
    """Who may use the page: whoever brings the token once, and from then on has the cookie."""

    port: int
    token: str | None = field(default_factory=lambda: secrets.token_urlsafe(24))
    session: str = field(default_factory=lambda: secrets.token_urlsafe(24))

    @property
    def hosts(self) -> frozenset[str]:
        """Names under which a browser may ask for the page."""
        return frozenset({f"127.0.0.1:{self.port}", f"localhost:{self.port}"})


class AccessMiddleware:
    """Refuses other hosts, other origins, and whoever has neither the token nor the cookie."""

    def __init__(self, app: ASGIApp, access: Access) -> None:
        self.app = app
        self.access = access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        await (self._refuse(request) or self.app)(scope, receive, send)

    def _refuse(self, request: Request) -> Response | None:
        if request.headers.get("host") not in self.access.hosts:
            return PlainTextResponse("This page is for this machine only.", 403)
        origin = request.headers.get("origin")
        if request.method != "GET" and (origin is None or origin.removeprefix("http://") not in self.access.hosts):
            return PlainTextResponse("The form comes from another page.", 403)
        if _is_same(request.cookies.get(COOKIE, ""), self.access.session):
            return None
        token = request.query_params.get("token", "")
        if self.access.token is not None and _is_same(token, self.access.token):
            self.access.token = None
            rest = urlencode([(name, value) for name, value in request.query_params.items() if name != "token"])
            response = RedirectResponse(f"{request.url.path}?{rest}", 303)
            response.set_cookie(COOKIE, self.access.session, httponly=True, samesite="strict")
            return response
        return PlainTextResponse("Open the address that pdu review printed; it works once.", 403)


def _is_same(given: str, secret: str) -> bool:
    """Whether a word is the secret one, in a time that does not tell how much of it is right."""
    return secrets.compare_digest(given.encode("utf-8", "replace"), secret.encode())


def make_app(root: Path, reviewer: str, access: Access) -> Starlette:
    """The application for a project. reviewer: who decides, as the CSVs will say."""
    pages = Pages(ReviewStore(root), root, reviewer)
    item = "/{document}/{kind}/{item}"
    return Starlette(
        routes=[
            Route("/", pages.reports),
            Mount("/static", StaticFiles(packages=[("pdu_inspections.review", "static")])),
            Route("/page/{document}/{page}.png", pages.image),
            Route("/{document}", pages.queue),
            Route("/{document}/add", pages.add, methods=["POST"]),
            Route("/{document}/accept-alike", pages.accept_alike, methods=["POST"]),
            Route(item, pages.item),
            Route(f"{item}/decide", pages.decide, methods=["POST"]),
            Route(f"{item}/contradictions", pages.contradictions, methods=["POST"]),
        ],
        middleware=[Middleware(AccessMiddleware, access=access)],
        exception_handlers={InputError: _input_error},
    )


def _input_error(_: Request, error: Exception) -> Response:
    return PlainTextResponse(str(error), 409)


@dataclass(frozen=True)
class Field:
    """A field of the form: its column, value, choices, what it means, how sure the proposal is, what is wrong."""

    name: str
    label: str
    value: str
    proposed: str
    hint: str
    choices: Sequence[tuple[str, str]] = ()
    confidence: float | None = None
    problem: str = ""
    is_long: bool = False


class Pages:
    """The pages, made from the store at every request, so that several tabs and people see the same."""

    def __init__(self, store: ReviewStore, root: Path, reviewer: str) -> None:
        self.store = store
        self.root = root
        self.reviewer = reviewer
        self.templates = Environment(
            loader=PackageLoader("pdu_inspections.review"), autoescape=select_autoescape(default=True)
        )

    def reports(self, _: Request) -> Response:
        """The reports that have drafts."""
        drafts = self.store.drafts()
        names = sorted({draft.document_id for draft in drafts})
        reports = {name: _progress([draft for draft in drafts if draft.document_id == name]) for name in names}
        return self._page("reports.html", reports=reports)

    def queue(self, request: Request) -> Response:
        """The drafts of a report, filtered."""
        document = request.path_params["document"]
        drafts = self.store.drafts(document)
        filters = _filters(request.query_params)
        shown = [draft for draft in drafts if _matches(draft, filters)]
        return self._page(
            "queue.html",
            document=document,
            drafts=shown,
            progress=_progress(drafts),
            filters=filters,
            query=urlencode(filters),
            sections=list(dict.fromkeys(draft.place.get("section", "") for draft in drafts)),
            kinds=_KIND_NAMES,
        )

    def item(self, request: Request) -> Response:
        """One draft."""
        return self._item(request, self._draft(request))

    async def decide(self, request: Request) -> Response:
        """Save what a person decided, and go on to the next draft that waits."""
        form = await request.form()
        draft = self._draft(request)
        filters = _filters(request.query_params)
        action = str(form.get("action", ""))
        values = self._values(draft, form)
        reason = " ".join(str(form.get("reason", "")).split())
        try:
            if action == "undo":
                self.store.undo(draft.key)
                return RedirectResponse(_url(draft, filters), 303)
            if action == "reject":
                self.store.decide(draft.key, Decision.REJECTED, self.reviewer, reason=reason)
            elif action == "accept":
                self.store.decide(draft.key, Decision.ACCEPTED, self.reviewer, values, reason)
                self._explain(draft, values, form)
        except RowError as error:
            return self._item(request, draft, values, error.problems, 422, reason)
        return RedirectResponse(self._next(draft, {**filters, "last": f"{draft.kind}/{draft.item}"}), 303)

    def _explain(self, draft: Draft, values: Mapping[str, str], form: FormData) -> None:
        """Save what the person wrote about the contradictions of a figure, each as a finding that is decided."""
        for one in self._find_contradictions(draft, values):
            explanation = str(form.get(one.name, "")).strip()
            if explanation:
                found = finding(one.rule_id, one.citation_a, one.citation_b, one.text)
                if self.store.record_findings([found]):
                    row = {**found.row, "explanation": explanation}
                    self.store.decide(found.key, Decision.ACCEPTED, self.reviewer, row)

    async def add(self, request: Request) -> Response:
        """A figure that the reader missed becomes a draft, which opens at once."""
        form = await request.form()
        line = str(form.get("line_number", ""))
        number = int(line[:9]) if line.isdecimal() else 0
        draft = self.store.add_figure(
            request.path_params["document"],
            number,
            str(form.get("as_printed", "")).strip(),
            self.reviewer,
            str(form.get("column_number", "")).strip(),
        )
        return RedirectResponse(_url(draft, _filters(request.query_params)), 303)

    async def accept_alike(self, request: Request) -> Response:
        """Accept every waiting draft that is like one: sure and of its kind and section, or a repeat of one accepted.

        A repeat takes the corrections too.
        """
        form = await request.form()
        document = request.path_params["document"]
        wanted = form.get("like")
        drafts = self.store.drafts(document)
        like = next((d for d in drafts if f"{d.kind}/{d.item}" == wanted), None)
        for draft in _alike(like or _missing((document, str(wanted))), drafts):
            values = {**draft.row, **_corrections_of_repeated(draft, drafts)}
            try:
                self.store.decide(draft.key, Decision.ACCEPTED, self.reviewer, values)
            except (RowError, InputError):
                continue  # it stays waiting, and its own page says what is wrong
        return RedirectResponse(f"/{document}?{urlencode(_filters(request.query_params))}", 303)

    async def contradictions(self, request: Request) -> Response:
        """What the rules say of the figure as the form has it now."""
        draft = self._draft(request)
        values = self._values(draft, await request.form())
        return self._page("contradictions.html", **self._contradictions(draft, values))

    def image(self, request: Request) -> Response:
        """A page of the report's PDF."""
        path, page = find_pdf(self.root, request.path_params["document"]), request.path_params["page"]
        if path is None or not _PAGE_NUMBER.fullmatch(page):
            return PlainTextResponse("There is no such page of a PDF here.", 404)
        return Response(page_image(path, int(page)), media_type="image/png", headers=_HEADERS)

    def _draft(self, request: Request) -> Draft:
        names = request.path_params
        key = (names["document"], names["kind"], names["item"])
        return next((draft for draft in self.store.drafts(key[0]) if draft.key == key), None) or _missing(key)

    def _item(
        self,
        request: Request,
        draft: Draft,
        values: Mapping[str, str] | None = None,
        problems: Mapping[str, str] | None = None,
        status: int = 200,
        reason: str | None = None,
    ) -> Response:
        filters = _filters(request.query_params)
        drafts = self.store.drafts(draft.document_id)
        listed = [one for one in drafts if _matches(one, filters) or one.key == draft.key]
        here = [one.key for one in listed].index(draft.key)
        values = draft.row if values is None else values
        fields = self._fields(draft, values, problems or {})
        shown = {field.name for field in fields}
        page = draft.place.get("page_from", "")
        return self._page(
            "item.html",
            status,
            draft=draft,
            kind_name=_KIND_NAMES[draft.kind],
            fields=fields,
            reason=draft.reason if reason is None else reason,
            other_problems=[f"{name}: {words}" for name, words in (problems or {}).items() if name not in shown],
            passage=self._passage(draft.document_id, draft.line_number, draft),
            has_image=bool(page) and find_pdf(self.root, draft.document_id) is not None,
            progress=_progress(drafts),
            query=urlencode(filters),
            previous=_url(listed[here - 1], filters) if here else None,
            following=_url(listed[here + 1], filters) if here + 1 < len(listed) else None,
            skip=self._next(draft, filters),
            last=next((one for one in drafts if f"{one.kind}/{one.item}" == request.query_params.get("last")), None),
            alike_n=len(_alike(draft, drafts)),
            **self._contradictions(draft, values),
        )

    def _fields(self, draft: Draft, values: Mapping[str, str], problems: Mapping[str, str]) -> list[Field]:
        if draft.kind is DraftKind.ROW_COUNTS:
            return [Field(name, name, rows_n, rows_n, "rows") for name, rows_n in values.items()]
        table = self.store.contract[draft.target_table]
        fixed = {*draft.place, *_FIXED}
        if draft.kind is DraftKind.FIGURE:  # a report may print figures of an earlier inspection
            fixed.remove("inspection_id")
        if draft.kind in (DraftKind.RECOMMENDATION_TITLE, DraftKind.PROGRESS_TITLE):
            fixed |= set(table.key)
        fields = []
        for column in table.columns:
            if column.name in fixed:
                continue
            choices: list[tuple[str, str]] = [(value, value) for value in column.values]
            if column.references is not None:
                choices = self._choices(*column.references)
            if choices and not column.required:
                choices = [("", "(none)"), *choices]
            fields.append(
                Field(
                    column.name,
                    column.name.replace("_", " "),
                    values.get(column.name, ""),
                    draft.proposed.get(column.name, ""),
                    column.description,
                    choices,
                    draft.confidence.get(column.name),
                    problems.get(column.name, ""),
                    column.name in _LONG_TEXT,
                )
            )
        # What is corrected most often stands first.
        return sorted(fields, key=lambda field: field.name == "inspection_id")

    def _choices(self, seed: str, name: str) -> list[tuple[str, str]]:
        rows = self.store.rows(seed)
        label = next((c for c in self.store.contract[seed].column_names if c.endswith(("_name", "_text"))), name)
        return [(row[name], row[name] if label == name else f"{row[name]}: {row[label]}"[:120]) for row in rows]

    def _values(self, draft: Draft, form: FormData) -> dict[str, str]:
        names = [one.name for one in self._fields(draft, draft.row, {})]
        return {name: str(form[name]).strip() if name in form else draft.row.get(name, "") for name in names}

    def _passage(self, document_id: str, line: int, draft: Draft | None = None) -> list[PassageLine]:
        if not line:
            return []
        place = draft.place if draft is not None else {}
        column = int(place.get("column_number") or 1)
        try:
            return find_passage(read_lines(self.root, document_id), line, column, place.get("as_printed", ""))
        except InputError as error:
            return [PassageLine(line, str(error))]

    def _find_contradictions(self, draft: Draft, values: Mapping[str, str]) -> list[Contradiction]:
        if draft.kind is DraftKind.FINDING:
            other = values.get("citation_id_b") or draft.row.get("citation_id_b", "")
            is_here = other.startswith(f"{draft.document_id}:")
            line = parse_citation(other).line_number if is_here else 0
            return [Contradiction(draft.row["rule_id"], draft.evidence, draft.row["citation_id_a"], other, line)]
        found: list[Contradiction] = []
        if draft.kind is DraftKind.FIGURE:

            def own(table: str) -> list[SeedRow]:
                return [row for row in self.store.rows(table) if row["document_id"] == draft.document_id]

            found = find_contradictions(
                {"document_id": draft.document_id, **draft.place, **values},
                own(FIGURES),
                [row for table in TABLES_OF_MEASURES for row in own(table)],
                own("key_questions") + own("prompts"),
            )
        return found

    def _contradictions(self, draft: Draft, values: Mapping[str, str]) -> dict[str, Any]:
        found = self._find_contradictions(draft, values)
        passages = [(one, self._passage(draft.document_id, one.other_line)) for one in found]
        return {"contradictions": passages, "is_explained_here": draft.kind is DraftKind.FIGURE}

    def _next(self, draft: Draft, filters: Mapping[str, str]) -> str:
        """The next draft that waits, after this one and then from the beginning; the queue where none does."""
        drafts = self.store.drafts(draft.document_id)
        here = [one.key for one in drafts].index(draft.key)
        waiting = [
            one
            for one in [*drafts[here + 1 :], *drafts[:here]]
            if one.decision is None and _matches(one, {**filters, "state": "waiting"})
        ]
        return _url(waiting[0], filters) if waiting else f"/{draft.document_id}?{urlencode(filters)}"

    def _page(self, template: str, status: int = 200, **values: Any) -> Response:
        text = self.templates.get_template(template).render(reviewer=self.reviewer, url=_url, **values)
        return HTMLResponse(text, status, headers=_HEADERS)


def _missing(key: tuple[str, ...]) -> Draft:
    raise InputError(Problem("review", "no such draft", found=" ".join(key), action="open the report again"))


def _filters(values: Mapping[str, str]) -> dict[str, str]:
    return {name: values[name] for name in FILTERS if values.get(name)}


def _matches(draft: Draft, filters: Mapping[str, str]) -> bool:
    state = filters.get("state", "")
    return (
        filters.get("kind", draft.kind) == draft.kind
        and filters.get("section", draft.place.get("section", "")) == draft.place.get("section", "")
        and filters.get("certainty", draft.certainty) == draft.certainty
        and (not state or (draft.decision or "waiting") == state)
    )


def _alike(like: Draft, drafts: Sequence[Draft]) -> list[Draft]:
    """Waiting drafts of a kind: those of its section of which the reader is sure, and repeats of an accepted one."""
    accepted = {_statement(draft) for draft in drafts if draft.decision in _ACCEPTED}
    return [
        draft
        for draft in drafts
        if draft.decision is None
        and draft.kind is like.kind
        and (
            (draft.is_sure and draft.place.get("section") == like.place.get("section"))
            or (draft.proposed.get("description") and _statement(draft) in accepted)
        )
    ]


def _statement(draft: Draft) -> tuple[object, ...]:
    """What a draft states wherever it is printed: a figure in the same words repeated elsewhere states the same."""
    proposed = {name: value for name, value in draft.proposed.items() if name != "standard_id"}
    return draft.place.get("as_printed", ""), *proposed.items()


def _corrections_of_repeated(draft: Draft, drafts: Sequence[Draft]) -> Mapping[str, str]:
    """What a person corrected in the accepted draft that this one repeats."""
    accepted = (one for one in drafts if one.decision in _ACCEPTED and _statement(one) == _statement(draft))
    return next((one.corrected for one in accepted), {}) if draft.proposed.get("description") else {}


def _progress(drafts: Sequence[Draft]) -> dict[str, int]:
    decided = sum(1 for draft in drafts if draft.decision is not None)
    return {"decided": decided, "all": len(drafts), "waiting": len(drafts) - decided}


def _url(draft: Draft, filters: Mapping[str, str]) -> str:
    query = urlencode(filters)
    return f"/{draft.document_id}/{draft.kind}/{draft.item}" + (f"?{query}" if query else "")
