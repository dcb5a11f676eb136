package fr.pennylanesync.console;

import fr.pennylanesync.activity.OperatorLog.OperatorAction;
import fr.pennylanesync.console.Operations.Operation;
import fr.pennylanesync.console.page.Templates;
import fr.pennylanesync.console.page.Texts;
import fr.pennylanesync.console.web.Viewer;
import fr.pennylanesync.console.web.WebAnswer;
import fr.pennylanesync.console.web.WebPages;
import fr.pennylanesync.console.web.WebPages.Access;
import fr.pennylanesync.console.web.WebPages.LoginForm;
import fr.pennylanesync.console.web.WebPages.WebPage;
import fr.pennylanesync.console.web.WebRequest;
import fr.pennylanesync.report.CompanySummary;
import fr.pennylanesync.report.Overview;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Answers what people ask for: each page, each form. Viewers see their companies alone, on every page. */
final class Pages {

    /** Is the id of a case or the kind of an audit: what else somebody sends does not get into the trail. */
    private static final String SUBJECT = "\\d{1,18}|[a-z-]{1,20}";

    private final Supplier<Optional<Looked>> looked;
    private final Supplier<Health> health;

    /** Holds what there is to show. */
    record Looked(ConsoleSources sources, Sampler sampler) {}

    /** @param looked empty until there is something to look at */
    Pages(Supplier<Optional<Looked>> looked, Supplier<Health> health) {
        this.looked = looked;
        this.health = health;
    }

    List<WebPage> all() {
        String style = Templates.resource("/console/style.css");
        String script = Templates.resource("/console/console.js");
        return List.of(page("/", this::overview), page("/companies/:id", ready(this::company)),
                page("/runs", ready(this::runs)), page("/alarms", ready(this::alarms)), page("/routes", this::routes),
                page("/proof", ready(this::proof)),
                new WebPage(Access.FORM, "/actions/:action", request -> ready(this::act).answer(request)),
                new WebPage(Access.OPEN, "/style.css", request -> WebAnswer.asset("text/css", style)),
                new WebPage(Access.OPEN, "/console.js", request -> WebAnswer.asset("text/javascript", script)));
    }

    private interface Answering {
        WebAnswer answer(WebRequest request);
    }

    private static WebPage page(String path, Answering answering) {
        return new WebPage(Access.PAGE, path, answering::answer);
    }

    /** Shows the overview where the start still waits, which says for what. */
    private Answering ready(BiFunction<Looked, WebRequest, WebAnswer> answering) {
        return request -> looked.get().filter(now -> now.sampler().sample() != MetricSample.NONE)
                .map(now -> answering.apply(now, request)).orElseGet(() -> overview(request));
    }

    private static PageWords words(WebRequest request) {
        return new PageWords(Texts.of(request.language()), Instant.now());
    }

    private static WebAnswer show(WebRequest request, MetricSample sample, String template, String title, Object view) {
        return new PageFrame(request, sample.at()).render(WebAnswer.OK, template, title, view);
    }

    private WebAnswer overview(WebRequest request) {
        MetricSample sample = sample();
        OverviewView view = looked.get().filter(now -> sample != MetricSample.NONE)
                .map(now -> OverviewView.of(words(request), request, sample, health.get(),
                        now.sources().catalog().get(), now.sources().staleAfter()))
                .orElseGet(() -> OverviewView.starting(words(request), request, health.get()));
        return show(request, sample, "overview", view.headline(), view);
    }

    private WebAnswer company(Looked now, WebRequest request) {
        MetricSample sample = now.sampler().sample();
        return find(sample, request, request.number("id")).map(company -> {
            CompanySummary summary = CompanySummary.of(company, now.sources().catalog().get(),
                    sample.counted().figures(company.id()));
            return show(request, sample, "company", company.alias(), CompanyPage.of(words(request), request.viewer(),
                    summary, sample, now.sampler().trends(), now.sources()));
        }).orElseGet(() -> missing(request));
    }

    private static Optional<Overview.CompanyOverview> find(MetricSample sample, WebRequest request,
            Optional<Long> id) {
        return sample.overview().companies().stream()
                .filter(company -> id.filter(wanted -> wanted == company.id()).isPresent())
                .filter(company -> request.viewer().sees(company.alias())).findFirst();
    }

    /** Returns the companies whose lists somebody sees; empty: all. */
    private static Optional<Set<Long>> companies(MetricSample sample, Viewer viewer) {
        return viewer.seesAll() ? Optional.empty()
                : Optional.of(sample.overview().companies().stream().filter(company -> viewer.sees(company.alias()))
                        .map(Overview.CompanyOverview::id).collect(Collectors.toSet()));
    }

    private WebAnswer runs(Looked now, WebRequest request) {
        MetricSample sample = now.sampler().sample();
        return show(request, sample, "runs", words(request).texts().get("nav_runs"),
                ListPages.runs(words(request), request, companies(sample, request.viewer()), now.sources().jdbc()));
    }

    private WebAnswer alarms(Looked now, WebRequest request) {
        MetricSample sample = now.sampler().sample();
        return show(request, sample, "alarms", words(request).texts().get("nav_alarms"),
                ListPages.alarms(words(request), companies(sample, request.viewer()), now.sources().jdbc()));
    }

    private WebAnswer routes(WebRequest request) {
        return show(request, sample(), "routes", words(request).texts().get("nav_routes"),
                ListPages.routes(words(request), sample(), looked.get()
                        .map(now -> now.sources().service().widenings()).orElse(List.of())));
    }

    private WebAnswer proof(Looked now, WebRequest request) {
        MetricSample sample = now.sampler().sample();
        boolean mayAct = request.viewer().operator() && now.sources().service().operations().isPresent();
        return show(request, sample, "proof", words(request).texts().get("nav_proof"),
                ListPages.proof(words(request), companies(sample, request.viewer()), mayAct, now.sources().jdbc(),
                        sample.counted()));
    }

    private WebAnswer act(Looked now, WebRequest request) {
        Optional<Operation> operation = request.parameter("action").flatMap(Operation::named);
        Optional<Operations> operations = now.sources().service().operations();
        if (operation.isEmpty() || operations.isEmpty()) {
            return missing(request);
        }
        Optional<Overview.CompanyOverview> company =
                find(now.sampler().sample(), request, request.number("company"));
        boolean aboutAll = operation.get() == Operation.VERIFY && request.parameter("company").isEmpty();
        if (!mayAct(request.viewer(), operation.get()) || company.isEmpty() && !aboutAll) {
            return message(request, WebAnswer.FORBIDDEN, "forbidden");
        }
        OperatorAction action = new OperatorAction(request.viewer().name(), operation.get().label(),
                company.map(Overview.CompanyOverview::id),
                request.parameter("subject").filter(subject -> subject.matches(SUBJECT)).orElse(""));
        String back = company.map(known -> "/companies/" + known.id()).orElse("/proof");
        return WebAnswer.seeOther(back + operations.get().begin(operation.get(), action)
                .map(refused -> "?refused=" + refused).orElse("?done=" + operation.get().label()));
    }

    /** Lets whoever is here without a login have a company synced, which changes nothing but the time of it. */
    private static boolean mayAct(Viewer viewer, Operation operation) {
        return viewer.operator() || !viewer.isLoggedIn() && operation == Operation.SYNC;
    }

    WebAnswer login(WebRequest request, LoginForm form) {
        Texts texts = words(request).texts();
        String trouble = Optional.of(form.trouble()).filter(text -> !text.isEmpty()).flatMap(texts::find).orElse("");
        return new PageFrame(request, Instant.now()).render(trouble.isEmpty() ? WebAnswer.OK : WebAnswer.UNAUTHORIZED,
                "login", texts.get("login"), Map.of("trouble", trouble, "passwords", form.passwords() ? "yes" : "",
                        "provider", form.provider().isEmpty() ? "" : texts.say("login_by", form.provider())));
    }

    WebAnswer missing(WebRequest request) {
        return message(request, WebAnswer.NOT_FOUND, "missing");
    }

    private WebAnswer message(WebRequest request, int status, String text) {
        Texts texts = words(request).texts();
        return new PageFrame(request, sample().at()).render(status, "message", texts.get(text),
                Map.of("text", texts.get(text + "_words")));
    }

    private MetricSample sample() {
        return looked.get().map(now -> now.sampler().sample()).orElse(MetricSample.NONE);
    }

    WebPages with(List<WebPage> machines) {
        return new WebPages(java.util.stream.Stream.concat(machines.stream(), all().stream()).toList(), this::login,
                this::missing);
    }
}
