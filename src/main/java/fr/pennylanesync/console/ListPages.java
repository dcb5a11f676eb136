package fr.pennylanesync.console;

import fr.pennylanesync.console.MetricSample.Counted;
import fr.pennylanesync.console.OverviewView.Choice;
import fr.pennylanesync.console.OverviewView.Step;
import fr.pennylanesync.console.PageWords.Phrase;
import fr.pennylanesync.console.PageWords.Tag;
import fr.pennylanesync.console.PageWords.Trouble;
import fr.pennylanesync.console.page.Texts;
import fr.pennylanesync.console.web.WebRequest;
import fr.pennylanesync.report.ActionEntry;
import fr.pennylanesync.report.AlarmEntry;
import fr.pennylanesync.report.AlarmList;
import fr.pennylanesync.report.CompanyFigures;
import fr.pennylanesync.report.DigestEntry;
import fr.pennylanesync.report.RunEntry;
import fr.pennylanesync.report.RunList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Makes the pages that are lists: runs, alarms, routes, proof. */
final class ListPages {

    private static final int RUNS = 60;
    private static final int ALARMS = 200;
    private static final int PROOFS = 20;
    private static final int ACTIONS = 50;
    private static final String VERIFY = "verify";
    private static final List<String> KINDS = List.of("sync", "audit", VERIFY);

    private static final Comparator<Map.Entry<String, RouteTimes.RouteTime>> NEWEST_FIRST =
            Comparator.comparing((Map.Entry<String, RouteTimes.RouteTime> file) -> file.getValue().since()).reversed()
                    .thenComparing(Map.Entry::getKey);

    private ListPages() {}

    record RunsView(List<Choice> kinds, List<RunLine> runs, List<Step> steps) {}

    /** @param company the alias, or the id of one that is no longer known; empty where it is about all */
    record AlarmLine(String code, String company, String href, String stream, String startedAt, String endedAt,
            String lasted, Phrase reason, Trouble remedy) {}

    record AlarmsView(List<AlarmLine> open, List<AlarmLine> past) {}

    record RouteLine(String name, String modifiedAt, String since, String hash) {}

    /**
     * One reason why a change is refused.
     *
     * @param fault file, line and rule
     * @param remedy empty where none is told
     */
    record FaultLine(String fault, String remedy) {

        private static final String REMEDY = " -> ";

        static FaultLine of(String line) {
            int at = line.lastIndexOf(REMEDY);
            return at < 0 ? new FaultLine(line, "")
                    : new FaultLine(line.substring(0, at), line.substring(at + REMEDY.length()));
        }
    }

    record RoutesView(Tag state, String loadedAt, String refusedAt, List<FaultLine> faults, List<RouteLine> files,
            List<WatchedService.Widening> widenings) {}

    record DigestLine(long sequence, String createdAt, String storedAt, String root, String documentHash) {}

    record ActionLine(String at, String operator, String action, String company, String subject, Tag outcome,
            String detail) {}

    /** @param companies how many were audited, and of how many the newest audit differs */
    record ProofView(String mayAct, List<RunLine> verified, List<RunLine> audits, String companies,
            List<DigestLine> digests, List<ActionLine> actions, String madeAt) {}

    static RunsView runs(PageWords words, WebRequest request, Optional<Set<Long>> companies, JdbcClient jdbc) {
        Optional<String> kind = request.parameter("kind").filter(KINDS::contains);
        List<RunEntry> runs = new RunList(jdbc).newest(kind, companies, request.number("before"), RUNS);
        Texts texts = words.texts();
        List<Choice> kinds = Stream.concat(Stream.of(new Choice("", texts.get("filter_all"), "")),
                KINDS.stream().map(each -> new Choice(each, texts.word("kind", each),
                        kind.filter(each::equals).isPresent() ? "selected" : "")))
                .toList();
        List<Step> steps = runs.size() < RUNS ? List.of()
                : List.of(new Step("/runs?kind=" + kind.orElse("") + "&before=" + runs.get(RUNS - 1).id(),
                        texts.get("older")));
        return new RunsView(kinds, runs.stream().map(run -> RunLine.of(words, run)).toList(), steps);
    }

    static AlarmsView alarms(PageWords words, Optional<Set<Long>> companies, JdbcClient jdbc) {
        List<AlarmEntry> alarms = new AlarmList(jdbc).newest(companies, ALARMS);
        return new AlarmsView(
                alarms.stream().filter(each -> each.endedAt().isEmpty()).map(each -> line(words, each)).toList(),
                alarms.stream().filter(each -> each.endedAt().isPresent()).map(each -> line(words, each)).toList());
    }

    private static AlarmLine line(PageWords words, AlarmEntry alarm) {
        return new AlarmLine(alarm.code(), alarm.alias().or(() -> alarm.company().map(String::valueOf)).orElse(""),
                alarm.alias().map(known -> "/companies/" + alarm.company().orElseThrow()).orElse(""),
                alarm.stream().orElse(""), Texts.time(alarm.startedAt()), alarm.endedAt().map(Texts::time).orElse(""),
                words.took(alarm.startedAt(), alarm.endedAt()), words.reason(alarm),
                words.trouble(alarm));
    }

    static RoutesView routes(PageWords words, MetricSample sample, List<WatchedService.Widening> widenings) {
        boolean refused = sample.reload().flatMap(state -> state.refusedAt()).isPresent();
        return new RoutesView(new Tag(words.texts().get(refused ? "routes_refused" : "routes_in_force"),
                refused ? "bad" : "good"),
                sample.reload().map(state -> Texts.time(state.loadedAt())).orElse(PageWords.UNKNOWN),
                sample.reload().flatMap(state -> state.refusedAt()).map(Texts::time).orElse(""),
                sample.reload().stream().flatMap(state -> state.faults().stream()).map(FaultLine::of).toList(),
                sample.routes().entrySet().stream().sorted(NEWEST_FIRST)
                        .map(file -> new RouteLine(file.getKey(),
                                Texts.time(file.getValue().file().modifiedAt()),
                                Texts.time(file.getValue().since()), file.getValue().file().hash()))
                        .toList(),
                widenings);
    }

    static ProofView proof(PageWords words, Optional<Set<Long>> companies, boolean mayAct, JdbcClient jdbc,
            Counted counted) {
        RunList runs = new RunList(jdbc);
        List<CompanyFigures> figures = counted.figures().entrySet().stream()
                .filter(each -> companies.isEmpty() || companies.get().contains(each.getKey()))
                .map(Map.Entry::getValue).toList();
        Texts texts = words.texts();
        return new ProofView(mayAct ? "yes" : "",
                runs.newest(Optional.of(VERIFY), companies, Optional.empty(), PROOFS).stream()
                        .map(run -> RunLine.of(words, run)).toList(),
                runs.newest(Optional.of("audit"), companies, Optional.empty(), PROOFS).stream()
                        .map(run -> RunLine.of(words, run)).toList(),
                audited(texts, figures),
                DigestEntry.newest(jdbc, PROOFS).stream().map(digest -> new DigestLine(digest.sequence(),
                        Texts.time(digest.createdAt()), digest.storedAt().map(Texts::time).orElse(""), digest.root(),
                        digest.documentHash())).toList(),
                ActionEntry.newest(jdbc, companies, ACTIONS).stream().map(action -> line(words, action)).toList(),
                Texts.time(words.now()));
    }

    private static String audited(Texts texts, List<CompanyFigures> figures) {
        long audited = figures.stream().filter(each -> each.auditedAt().isPresent()).count();
        return audited == 0 ? texts.get("audited_none")
                : texts.say("audited_companies", audited, figures.size(),
                        figures.stream().filter(each -> each.differing() > 0).count());
    }

    private static ActionLine line(PageWords words, ActionEntry action) {
        return new ActionLine(Texts.time(action.at()),
                action.operator().isEmpty() ? words.texts().get("nobody") : action.operator(),
                words.texts().word("do", action.action()),
                action.alias().or(() -> action.company().map(String::valueOf)).orElse(""), action.subject(),
                words.outcome(Optional.of(action.outcome())), words.detail(action.detail()));
    }
}
