package fr.pennylanesync.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.pennylanesync.api.error.ApiErrorCode;
import fr.pennylanesync.api.error.FailureFacts;
import fr.pennylanesync.api.page.Page;
import fr.pennylanesync.api.page.PageRequest;
import fr.pennylanesync.audit.AccountTotals.Totals;
import fr.pennylanesync.landing.state.DatePeriod;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Reads Pennylane's own totals by account for a period. */
final class TrialBalanceRead implements AuditRead {

    private static final String PATH = "/trial_balance";

    private final long companyId;
    private final DatePeriod period;
    private final boolean auxiliary;
    private final AccountTotals totals = new AccountTotals();
    private final Set<String> cursors = new HashSet<>();
    private Optional<String> cursor = Optional.empty();
    private boolean ended;

    /** @param auxiliary whether each third party has a row of its own: else they are added up in their root account */
    TrialBalanceRead(long companyId, DatePeriod period, boolean auxiliary) {
        this.companyId = companyId;
        this.period = period;
        this.auxiliary = auxiliary;
    }

    @Override
    public long companyId() {
        return companyId;
    }

    @Override
    public PageRequest request() {
        PageRequest first = PageRequest.of(PATH, PageRequest.LARGEST_LIMIT)
                .with("period_start", period.first().toString()).with("period_end", period.last().toString())
                .with("is_auxiliary", Boolean.toString(auxiliary));
        return cursor.map(first::after).orElse(first);
    }

    @Override
    public boolean isUnfinished() {
        return !ended;
    }

    @Override
    public void take(Page page) {
        page.items().forEach(this::add);
        ended = !page.hasMore();
        cursor = page.nextCursor();
        if (!ended && !cursor.filter(cursors::add).isPresent()) {
            throw FailureFacts.at(PATH).failure(ApiErrorCode.CURSOR_REPEATED);
        }
    }

    private void add(ObjectNode row) {
        String account = row.path("number").asText();
        if (account.isEmpty()) {
            throw FailureFacts.at(PATH).failure(ApiErrorCode.ITEM_WITHOUT_ID);
        }
        totals.add(account, new Totals(amount(row.path("debits")), amount(row.path("credits"))));
    }

    private static BigDecimal amount(JsonNode value) {
        return value.isNull() || value.isMissingNode() ? BigDecimal.ZERO : new BigDecimal(value.asText().strip());
    }

    AccountTotals totals() {
        return totals;
    }
}
