package fr.pennylanesync.stream;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads where a stream's records stand in the data sharing. A stream that only the share has reads the columns of its
 * own table.
 */
final class FactsShare {

    static final Pattern COLUMN = Pattern.compile("([a-z]+)(?: as (\\w+))?");

    private final FactsBlock block;
    private final Map<String, String> share;
    private final List<Column> own;

    FactsShare(FactsBlock block, List<Column> own) {
        this.block = block;
        this.share = block.lines(Fact.SHARE);
        this.own = own;
    }

    /** @param shareOnly whether Pennylane's API has no such list */
    Optional<ShareTable> read(boolean shareOnly) {
        if (share.isEmpty()) {
            if (shareOnly) {
                block.fault(Fact.SHARE, "`reading: share` without `share`",
                        "name its table: `share:` with `table: schema.table`");
            }
            return Optional.empty();
        }
        share.keySet().stream().filter(key -> ShareFact.named(key).isEmpty())
                .forEach(key -> block.fault(Fact.SHARE, key, "unknown fact `" + key + "` of the share",
                        "use one of " + ShareFact.keys()));
        List<ShareColumn> columns = shareOnly ? ownColumns() : declaredColumns();
        List<String> key = key(columns);
        dates(ShareFact.PERIOD, columns, Set.of(ColumnType.DATE));
        dates(ShareFact.UPDATED, columns, Set.of(ColumnType.TIMESTAMPTZ));
        String table = share.getOrDefault(ShareFact.TABLE.key(), "");
        if (!ShareTable.TABLE.matcher(table).matches()) {
            block.fault(Fact.SHARE, ShareFact.TABLE.key(), "`table` is not a table of the share",
                    "write it with its schema, pennylane, etl or accounting: pennylane.general_ledger");
            return Optional.empty();
        }
        return Optional.of(new ShareTable(table, key, Optional.ofNullable(share.get(ShareFact.PERIOD.key())),
                Optional.ofNullable(share.get(ShareFact.UPDATED.key())),
                columns));
    }

    private List<ShareColumn> ownColumns() {
        if (!block.lines(Fact.SHARE_COLUMNS).isEmpty()) {
            block.fault(Fact.SHARE_COLUMNS, "a stream of the share alone with `share-columns`",
                    "its `columns` are the share's: remove `share-columns`");
        }
        return own.stream()
                .map(column -> new ShareColumn(column.path().get(0), column.type(), Optional.of(column.name())))
                .toList();
    }

    private List<ShareColumn> declaredColumns() {
        Map<String, ColumnType> types = new HashMap<>();
        own.forEach(column -> types.put(column.name(), column.type()));
        Set<String> filled = new HashSet<>();
        List<ShareColumn> columns = new ArrayList<>();
        block.lines(Fact.SHARE_COLUMNS).forEach((name, text) -> {
            Matcher form = COLUMN.matcher(text);
            Optional<ColumnType> type = form.matches() ? ColumnType.parse(form.group(1)) : Optional.empty();
            if (!Names.isSnakeCase(name) || type.isEmpty() || type.get() == ColumnType.JSONB) {
                fault(name, "has no known type", "write `numeric`, or `numeric as amount`");
                return;
            }
            Optional<String> fills = Optional.ofNullable(form.group(2));
            if (fills.isPresent() && !(filled.add(fills.get()) && types.get(fills.get()) == type.get())) {
                fault(name, "fills no column of its type, or one that another fills",
                        "name a column of this stream with the same type");
            }
            columns.add(new ShareColumn(name, type.get(), fills));
        });
        if (columns.isEmpty()) {
            block.fault(Fact.SHARE_COLUMNS, "`share` without `share-columns`",
                    "list the share's columns: `date: date as date`");
        }
        return columns;
    }

    private List<String> key(List<ShareColumn> columns) {
        String text = share.getOrDefault(ShareFact.KEY.key(), "").strip();
        List<String> key = text.isEmpty() ? List.of() : List.of(text.split(" *, *"));
        Set<String> known = new HashSet<>(columns.stream().map(ShareColumn::name).toList());
        if (!known.containsAll(key)) {
            block.fault(Fact.SHARE, ShareFact.KEY.key(), "`key` names a column that is not read",
                    "list it among the columns");
        }
        return key;
    }

    private void dates(ShareFact fact, List<ShareColumn> columns, Set<ColumnType> types) {
        String name = share.get(fact.key());
        if (name != null
                && columns.stream().noneMatch(column -> column.name().equals(name) && types.contains(column.type()))) {
            block.fault(Fact.SHARE, fact.key(),
                    "`" + fact.key() + "` is no " + types.iterator().next().sql() + " column that is read",
                    "list the column with that type");
        }
    }

    private void fault(String column, String rule, String remedy) {
        block.fault(Fact.SHARE_COLUMNS, column, "column `" + column + "` of the share " + rule, remedy);
    }
}
