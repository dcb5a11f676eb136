package fr.pennylanesync.audit;

import com.fasterxml.jackson.databind.JsonNode;
import fr.pennylanesync.api.error.ApiErrorCode;
import fr.pennylanesync.api.error.FailureFacts;
import fr.pennylanesync.api.page.Page;
import fr.pennylanesync.api.page.PageRequest;
import fr.pennylanesync.failure.SyncException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks for the file of accounting entries of a period, and looks until it is ready. Its link is good for minutes. */
final class FecExport implements AuditRead {

    private static final String PATH = "/exports/fecs";
    private static final long PAUSE_MS_MIN = 500;
    private static final long PAUSE_MS_MAX = 15_000;
    /** Together about a quarter of an hour. */
    private static final int LOOKS_MAX = 70;

    private final long companyId;
    private final Period period;
    private Optional<String> id = Optional.empty();
    private Optional<URI> link = Optional.empty();
    private int looks;

    FecExport(long companyId, Period period) {
        this.companyId = companyId;
        this.period = period;
    }

    @Override
    public long companyId() {
        return companyId;
    }

    @Override
    public PageRequest request() {
        return PageRequest.whole(id.map(known -> PATH + "/" + known).orElse(PATH));
    }

    @Override
    public Optional<String> body() {
        return id.isPresent() ? Optional.empty()
                : Optional.of("{\"period_start\":\"" + period.first() + "\",\"period_end\":\"" + period.last() + "\"}");
    }

    @Override
    public long pauseMs() {
        return id.isEmpty() ? 0 : Math.min(PAUSE_MS_MAX, PAUSE_MS_MIN << Math.min(looks, 5));
    }

    @Override
    public Page read(JsonNode answer) {
        if (!answer.path("id").isIntegralNumber()) {
            throw FailureFacts.at(PATH).failure(ApiErrorCode.ITEM_WITHOUT_ID);
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
            link = Optional.of(link(answer.path("file_url").asText()));
        } else if (status.equals("error") || ++looks > LOOKS_MAX) {
            throw new SyncException(AuditErrorCode.EXPORT_FAILED);
        }
    }

    private static URI link(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException noLink) {
            throw new SyncException(AuditErrorCode.EXPORT_NOT_FETCHED);
        }
    }

    @Override
    public boolean isUnfinished() {
        return link.isEmpty();
    }

    @Override
    public void take(Page page) {}

    URI link() {
        return link.orElseThrow();
    }
}
