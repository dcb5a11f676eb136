package fr.pennylanesync.pass;

import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.pennylanesync.api.page.Page;
import fr.pennylanesync.api.page.PageRequest;
import fr.pennylanesync.checkpoint.Position;
import fr.pennylanesync.checkpoint.Position.Pages;
import fr.pennylanesync.hash.Sha256;
import fr.pennylanesync.landing.state.DatePeriod;
import fr.pennylanesync.stream.StreamDefinition;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Totals by account, one list for each fiscal year. Their rows have neither an id nor the year: both are added to them,
 * and the balance with them, under the names that the data sharing has for them.
 */
public final class PeriodPaginator implements Paginator.Alone {

    private final StreamDefinition stream;
    private final List<DatePeriod> periods;
    private int period;
    private int pages;
    private Optional<String> cursor = Optional.empty();

    /** @param periods at least one */
    public PeriodPaginator(StreamDefinition stream, List<DatePeriod> periods) {
        this.stream = stream;
        this.periods = List.copyOf(periods);
    }

    /** Third parties are added up in their root accounts, as the data sharing does. */
    @Override
    public PageRequest request() {
        PageRequest request = PageRequest.of(stream.path(), stream.pageSizeMax())
                .with("period_start", periods.get(period).first().toString())
                .with("period_end", periods.get(period).last().toString()).with("is_auxiliary", "false");
        return cursor.map(request::after).orElse(request);
    }

    @Override
    public Page complete(Page page) {
        page.items().forEach(this::complete);
        return page;
    }

    private void complete(ObjectNode row) {
        String number = row.path("number").asText();
        if (number.isEmpty()) {
            return;
        }
        DatePeriod year = periods.get(period);
        row.put("id", id(year, number));
        row.put("fiscal_period_start", year.first().toString()).put("fiscal_period_finish", year.last().toString());
        amount(row, "debits").flatMap(debits -> amount(row, "credits").map(debits::subtract))
                .ifPresent(balance -> row.put("balance", balance.toPlainString()));
    }

    /**
     * The first 63 bits of a hash: the same account of the same year is always the same row. Rows that are landed have
     * their ids of this very text, so it stays.
     */
    private static long id(DatePeriod year, String number) {
        String key = "DatePeriod[first=" + year.first() + ", last=" + year.last() + "] " + number;
        long bits = ByteBuffer.wrap(Sha256.of(key.getBytes(StandardCharsets.UTF_8)).bytes()).getLong();
        return Math.max(1, bits & Long.MAX_VALUE);
    }

    private static Optional<BigDecimal> amount(ObjectNode row, String field) {
        try {
            return Optional.of(new BigDecimal(row.path(field).asText()));
        } catch (NumberFormatException none) {
            return Optional.empty();
        }
    }

    @Override
    public Position next(boolean more) {
        return more || period + 1 < periods.size() ? new Pages(pages + 1) : new Position.Ended();
    }

    @Override
    public void advance(boolean more, Optional<String> nextCursor) {
        pages++;
        cursor = more ? nextCursor : Optional.empty();
        if (!more && period + 1 < periods.size()) {
            period++;
        }
    }

    @Override
    public Optional<PageRequest> backward() {
        return Optional.empty();
    }

    @Override
    public Optional<PageRequest> nothing() {
        return Optional.empty();
    }

    @Override
    public boolean narrow() {
        return false;
    }

    @Override
    public boolean isResumable() {
        return false;
    }

    @Override
    public boolean endsUnproven(Page page) {
        return !page.hasMore();
    }
}
