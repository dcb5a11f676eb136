package fr.pennylanesync.console;

import fr.pennylanesync.reload.ReloadState;
import fr.pennylanesync.report.Overview;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.token.Scopes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds what is wrong without anything being down: refused tokens and routes, streams that stopped or are stale. */
final class Warnings {

    private final StreamCatalog catalog;
    private final Duration staleAfter;
    private final Instant now;
    private final List<Warning> warnings = new ArrayList<>();

    private Warnings(StreamCatalog catalog, Duration staleAfter, Instant now) {
        this.catalog = catalog;
        this.staleAfter = staleAfter;
        this.now = now;
    }

    static List<Warning> of(Overview overview, ReloadState reload, ConsoleSources sources, Instant now) {
        Warnings found = new Warnings(sources.catalog().get(), sources.staleAfter(), now);
        sources.schedule().get().ifPresent(code -> found.add(code.name(), code.meaning(), code.remedy()));
        reload.faults()
                .forEach(fault -> found.add("ROUTES_REFUSED", fault, "mend the file; what ran before still runs"));
        overview.companies().forEach(found::examine);
        return List.copyOf(found.warnings);
    }

    private void examine(Overview.CompanyOverview company) {
        String subject = "company " + company.id() + " (" + company.alias() + ")";
        company.refusal().ifPresent(code -> add("COMPANY_REFUSED", subject + " " + code, "see `tokens check`"));
        if (company.isActive()) {
            Scopes scopes = Scopes.of(company.scopes());
            company.streams().stream().filter(stream -> isRead(stream, scopes))
                    .forEach(stream -> examine(subject, stream));
        }
    }

    private boolean isRead(Overview.StreamOverview stream, Scopes scopes) {
        Optional<StreamDefinition> definition = catalog.find(stream.name()).filter(StreamDefinition::enabled);
        return definition.isPresent() && definition.get().scope().map(scopes::allows).orElse(true);
    }

    private void examine(String company, Overview.StreamOverview stream) {
        String subject = company + " stream " + stream.name();
        if (stream.error().isPresent()) {
            add("STREAM_STOPPED", subject + " " + stream.error().get(), "docs/OPERATING.md, Error codes");
        } else if (isStale(stream)) {
            add("STREAM_STALE", subject + " since " + stream.succeededAt().orElseThrow(),
                    "look at the budget and at what runs before it");
        }
    }

    private boolean isStale(Overview.StreamOverview stream) {
        return stream.succeededAt().filter(at -> at.plus(staleAfter).isBefore(now)).isPresent();
    }

    private void add(String code, String subject, String remedy) {
        warnings.add(new Warning(code, subject, remedy));
    }
}
