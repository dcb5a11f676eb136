package fr.pennylanesync.landing.table;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.pennylanesync.stream.StreamDefinition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Makes the rows of a relation out of the tables that hold it from its other side. A row is what the API shows of it:
 * the other record's id, its type, and its address, which is that of its own list without the list's name.
 */
public final class MirroredRows {

    private final JdbcClient jdbc;

    public MirroredRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Returns the rows of some parents, as the API would send them. A parent of which a row cannot be made is left out;
     * one without rows has none.
     *
     * @param mirrors the child streams that hold the relation from its other side, each with the type of their parents
     */
    public Map<Long, List<ObjectNode>> of(long companyId, Collection<Long> parents,
            Map<StreamDefinition, String> mirrors) {
        Map<Long, List<ObjectNode>> rows = new HashMap<>();
        parents.forEach(parent -> rows.put(parent, new ArrayList<>()));
        mirrors.forEach((mirror, type) -> {
            String list = mirror.path().substring(mirror.path().lastIndexOf('/') + 1);
            String owner = StreamTables.quoted(mirror.parentColumn().orElseThrow());
            jdbc.sql(String.format(Locale.ROOT, """
                    select m.id, m.%1$s, p.payload #>> array[:list, 'url'] from %2$s m
                    join %3$s p on p.company_id = m.company_id and p.id = m.%1$s and p.deleted_at is null
                    where m.company_id = :company and m.deleted_at is null and m.id = any(:parents::bigint[])
                    order by 1, 2""", owner, StreamTables.table(mirror),
                    StreamTables.table(mirror.parent().orElseThrow())))
                    .param("company", companyId).param("list", list).param("parents", parents.toArray(Long[]::new))
                    .query(row -> {
                        add(rows, row.getLong(1), row(row.getLong(2), type, row.getString(3), "/" + list));
                    });
        });
        return rows;
    }

    private static void add(Map<Long, List<ObjectNode>> rows, long parent, ObjectNode row) {
        if (row == null) {
            rows.remove(parent);
        } else if (rows.containsKey(parent)) {
            rows.get(parent).add(row);
        }
    }

    private static ObjectNode row(long id, String type, String address, String list) {
        return address == null || !address.endsWith(list) ? null
                : JsonNodeFactory.instance.objectNode().put("id", id).put("type", type)
                        .put("url", address.substring(0, address.length() - list.length()));
    }
}
