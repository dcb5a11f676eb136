package fr.pennylanesync.pass;

import com.fasterxml.jackson.databind.JsonNode;
import fr.pennylanesync.api.budget.Priority;
import fr.pennylanesync.api.error.ApiErrorCode;
import fr.pennylanesync.api.error.FailureFacts;
import fr.pennylanesync.api.page.Page;
import fr.pennylanesync.api.page.PageRequest;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.landing.state.DatePeriod;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks for an export of the ledger, and looks until it is ready. Its link is good for minutes. */
public class ExportRead implements PagedRead {

    private static final long PAUSE_MS_MIN = 500;
    private static final long PAUSE_MS_MAX = 15_000;
    private static final int DOUBLINGS_MAX = 5;
    /** Together about a quarter of an hour. */
    private static final int LOOKS_MAX = 70;

    private final long companyId;
    private final String path;
    private final DatePeriod period;
    private Optional<String> id = Optional.empty();
    private Optional<String> link = Optional.empty();
    private int looks;

    /** @param path of the export, such as {@code /exports/fecs} */
    public ExportRead(long companyId, String path, DatePeriod period) {
        this.companyId = companyId;
        this.path = path;
        this.period = period;
    }

    @Override
    public final long companyId() {
        return companyId;
    }

    @Override
    public Priority priority() {
        return Priority.ENRICHMENT;
    }

    @Override
    public final PageRequest request() {
        return PageRequest.whole(id.map(known -> path + "/" + known).orElse(path));
    }

    @Override
    public final Optional<String> body() {
        return id.isPresent() ? Optional.empty()
                : Optional.of("{\"period_start\":\"" + period.first() + "\",\"period_end\":\"" + period.last() + "\"}");
    }

    /** Returns the pause before the next request: it is looked at later and later. */
    public final long pauseMs() {
        return id.isEmpty() ? 0 : Math.min(PAUSE_MS_MAX, PAUSE_MS_MIN << Math.min(looks, DOUBLINGS_MAX));
    }

    @Override
    public final Page read(JsonNode answer) {
        if (!answer.path("id").isIntegralNumber()) {
            throw FailureFacts.at(path).failure(ApiErrorCode.ITEM_WITHOUT_ID);
        }
        if (id.isPresent()) {
            look(answer);
        }
        id = Optional.of(answer.path("id").asText());
        return new Page(List.of(), false, Optional.empty(), Map.of());
    }

    private void look(JsonNode answer) {
        String status = answer.path("status").asText();
        if (status.equals("ready") && answer.path("file_url").isTextual()) {
            link = Optional.of(answer.path("file_url").asText());
        } else if (status.equals("error") || ++looks > LOOKS_MAX) {
            throw FailureFacts.at(path).failure(ApiErrorCode.EXPORT_FAILED);
        }
    }

    @Override
    public final boolean tolerates(SyncException failure) {
        return false;
    }

    @Override
    public final boolean isBatchReady() {
        return false;
    }

    @Override
    public final void restartBatch() {
        // A page that is read again is the same request.
    }

    /** Tells whether the file has no link yet. */
    public final boolean isUnfinished() {
        return link.isEmpty();
    }

    /** Returns the link to the file, as it came. */
    protected final String fileUrl() {
        return link.orElseThrow();
    }
}
