package fr.pennylanesync.api.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.pennylanesync.api.error.ApiErrorCode;
import fr.pennylanesync.failure.ErrorCode;
import fr.pennylanesync.failure.SyncException;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PageCheckTest {

    private static final PageRequest WALK = PageRequest.of("/customers", 3).sortedBy("id")
            .where(Condition.of("id", Operator.GT, 10));

    @Test
    void acceptsAnyWalkOverAnyTableInAnyPageSize() {
        Random random = new Random(11);
        for (int round = 0; round < 300; round++) {
            List<Long> table = randomIds(random);
            int limit = 1 + random.nextInt(7);
            assertThat(walk(table, limit)).isEqualTo(table);
        }
    }

    @Test
    void noticesAnySwappedRepeatedOrForeignRow() {
        Random random = new Random(13);
        for (int round = 0; round < 300; round++) {
            List<Long> ids = new ArrayList<>(randomIds(random));
            if (ids.size() < 2) {
                continue;
            }
            PageRequest request = PageRequest.of("/customers", 100).sortedBy("id")
                    .where(Condition.of("id", Operator.GT, ids.get(0) - 1));
            int at = random.nextInt(ids.size() - 1);
            assertThat(codeOf(request, swapped(ids, at))).isEqualTo(ApiErrorCode.NOT_ASCENDING);
            assertThat(codeOf(request, replaced(ids, at + 1, ids.get(at)))).isEqualTo(ApiErrorCode.DUPLICATE_ID);
            assertThat(codeOf(request, replaced(ids, 0, ids.get(0) - 1 - random.nextInt(5))))
                    .isEqualTo(ApiErrorCode.ROW_OUTSIDE_FILTER);
        }
    }

    @Test
    void comparesWithThePageBefore() {
        Page before = page(true, 11, 12, 13);
        assertThat(failure(WALK, page(false, 13, 14), before).code()).isEqualTo(ApiErrorCode.DUPLICATE_ID);
        assertThat(failure(WALK, page(false, 9 + 3, 14), page(true, 11, 13, 14)).code())
                .isEqualTo(ApiErrorCode.NOT_ASCENDING);
        assertThat(PageCheck.check(WALK, page(false, 14, 15), Optional.of(before))).isEqualTo(PageVerdict.SOUND);
    }

    @Test
    void refusesAPageThatDoesNotAdvance() {
        assertThat(failure(WALK, page(true)).code()).isEqualTo(ApiErrorCode.NO_PROGRESS);
        assertThat(failure(WALK.after("next"), page(true, 11, 12, 13)).code()).isEqualTo(ApiErrorCode.CURSOR_REPEATED);
        assertThat(failure(WALK, page(false, 11, 12, 13, 14)).code()).isEqualTo(ApiErrorCode.TOO_MANY_ITEMS);
    }

    @Test
    void noticesACursorLoopOfAnyLength() {
        PageTrail trail = new PageTrail();
        PageRequest request = PageRequest.of("/category_groups", 1);
        for (String cursor : List.of("a", "b", "c")) {
            Page page = new Page(rows(cursor.charAt(0)), true, Optional.of(cursor), Map.of());
            assertThat(trail.check(request, page)).isEqualTo(PageVerdict.SOUND);
            trail.advance(page);
            request = request.after(cursor);
        }
        Page looped = new Page(rows(99_999), true, Optional.of("a"), Map.of());
        PageRequest last = request;
        assertThat(catchThrowableOfType(SyncException.class, () -> trail.check(last, looped)).code())
                .isEqualTo(ApiErrorCode.CURSOR_REPEATED);
        assertThat(trail.pageCount()).isEqualTo(3);
    }

    @Test
    void aPageThatStopsBeforeItsLimitIsShort() {
        assertThat(PageCheck.check(WALK, page(true, 11, 12), Optional.empty())).isEqualTo(PageVerdict.SHORT);
        assertThat(PageCheck.check(WALK, page(false, 11, 12), Optional.empty())).isEqualTo(PageVerdict.SOUND);
    }

    @Test
    void wantsAnIdOfSixtyFourBits() {
        for (ObjectNode row : List.of(object(), object().put("id", "12"), object().put("id", 1.5),
                object().putNull("id"),
                object().put("id", new BigInteger("9223372036854775808")))) {
            Page page = new Page(List.of(row), false, Optional.empty(), Map.of());
            assertThat(failure(WALK, page).code()).isEqualTo(ApiErrorCode.ITEM_WITHOUT_ID);
        }
    }

    @Test
    void checksDates() {
        PageRequest slice = PageRequest.of("/transactions", 100).sortedBy("id")
                .where(Condition.of("date", Operator.GTEQ, LocalDate.of(2026, 1, 1)))
                .where(Condition.of("date", Operator.LT, LocalDate.of(2026, 2, 1)));
        assertThat(PageCheck.check(slice, dated("2026-01-01", "2026-01-31"), Optional.empty()))
                .isEqualTo(PageVerdict.SOUND);
        assertThat(failure(slice, dated("2026-01-01", "2026-02-01")).code()).isEqualTo(ApiErrorCode.ROW_OUTSIDE_FILTER);
        assertThat(failure(slice, dated("2025-12-31")).code()).isEqualTo(ApiErrorCode.ROW_OUTSIDE_FILTER);
        assertThat(failure(slice, dated((String) null)).code()).isEqualTo(ApiErrorCode.ROW_OUTSIDE_FILTER);
    }

    @Test
    void checksListsOfIds() {
        PageRequest chosen = PageRequest.of("/customers", 100).where(Condition.in("id", List.of(3L, 1L, 2L)));
        assertThat(PageCheck.check(chosen, page(false, 2, 1), Optional.empty())).isEqualTo(PageVerdict.SOUND);
        assertThat(failure(chosen, page(false, 4)).code()).isEqualTo(ApiErrorCode.ROW_OUTSIDE_FILTER);
    }

    @Test
    void comparesWithAPageOfOneRow() {
        assertThat(failure(WALK, page(false, 12), page(true, 13)).code()).isEqualTo(ApiErrorCode.NOT_ASCENDING);
    }

    @Test
    void letsEventsRepeatAnIdButNotGoBackInTime() {
        PageRequest changes = PageRequest.of("/changelogs/customers", 1000).withRows(RowKind.EVENT);
        Page good = events("2026-11-01T10:00:00.000001Z", "2026-11-01T10:00:00.000001Z", "2026-11-01T12:00:00.5+01:00");
        assertThat(PageCheck.check(changes, good, Optional.empty())).isEqualTo(PageVerdict.SOUND);
        assertThat(failure(changes, events("2026-11-01T10:00:00.000002Z", "2026-11-01T10:00:00.000001Z")).code())
                .isEqualTo(ApiErrorCode.NOT_ASCENDING);
        assertThat(failure(changes, events("2026-11-01T09:00:00Z"), good).code()).isEqualTo(ApiErrorCode.NOT_ASCENDING);
        assertThat(PageCheck.check(changes, good, Optional.of(events()))).isEqualTo(PageVerdict.SOUND);
        assertThat(failure(changes, events("yesterday")).code()).isEqualTo(ApiErrorCode.NOT_AN_ENVELOPE);
    }

    private static List<Long> walk(List<Long> table, int limit) {
        PageTrail trail = new PageTrail();
        List<Long> read = new ArrayList<>();
        long last = Long.MIN_VALUE;
        boolean more = true;
        while (more) {
            long from = last;
            List<Long> rest = table.stream().filter(id -> id > from).toList();
            List<Long> ids = rest.subList(0, Math.min(limit, rest.size()));
            more = rest.size() > limit;
            PageRequest request =
                    PageRequest.of("/customers", limit).sortedBy("id").where(Condition.of("id", Operator.GT, from));
            Page page = new Page(ids.stream().map(id -> object().put("id", id)).toList(), more,
                    more ? Optional.of("c" + ids) : Optional.empty(), Map.of());
            assertThat(trail.check(request, page)).isEqualTo(PageVerdict.SOUND);
            trail.advance(page);
            read.addAll(ids);
            last = ids.isEmpty() ? last : ids.get(ids.size() - 1);
        }
        return read;
    }

    private static List<Long> randomIds(Random random) {
        TreeSet<Long> ids = new TreeSet<>();
        int size = random.nextInt(40);
        while (ids.size() < size) {
            ids.add(random.nextBoolean() ? random.nextLong() >> 1 : random.nextInt(100));
        }
        return List.copyOf(ids);
    }

    private static List<Long> swapped(List<Long> ids, int at) {
        List<Long> copy = new ArrayList<>(ids);
        Collections.swap(copy, at, at + 1);
        return copy;
    }

    private static List<Long> replaced(List<Long> ids, int at, long id) {
        List<Long> copy = new ArrayList<>(ids);
        copy.set(at, id);
        return copy;
    }

    private static ErrorCode codeOf(PageRequest request, List<Long> ids) {
        return failure(request, page(false, ids.stream().mapToLong(Long::longValue).toArray())).code();
    }

    private static SyncException failure(PageRequest request, Page page) {
        return catchThrowableOfType(SyncException.class, () -> PageCheck.check(request, page, Optional.empty()));
    }

    private static SyncException failure(PageRequest request, Page page, Page previous) {
        return catchThrowableOfType(SyncException.class, () -> PageCheck.check(request, page, Optional.of(previous)));
    }

    private static Page page(boolean more, long... ids) {
        return new Page(rows(ids), more, more ? Optional.of("next") : Optional.empty(), Map.of());
    }

    private static Page dated(String... dates) {
        List<ObjectNode> rows = rows(LongStream.rangeClosed(1, dates.length).toArray());
        for (int index = 0; index < dates.length; index++) {
            rows.get(index).put("date", dates[index]);
        }
        return new Page(rows, false, Optional.empty(), Map.of());
    }

    private static Page events(String... times) {
        List<ObjectNode> rows = new ArrayList<>();
        for (String time : times) {
            rows.add(object().put("id", 5).put("operation", "update").put("processed_at", time));
        }
        return new Page(rows, false, Optional.empty(), Map.of());
    }

    private static List<ObjectNode> rows(long... ids) {
        List<ObjectNode> rows = new ArrayList<>();
        for (long id : ids) {
            rows.add(object().put("id", id));
        }
        return rows;
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
