package fr.pennylanesync.stream;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers stream files by their text: a start and a change of the routes read all of them more than once, and to
 * parse them is most of what that costs. Safe for threads.
 */
final class ReadFiles {

    /** Bounds what a process remembers of files that are edited for months. */
    private static final int REMEMBERED_MOST = 1_000;
    private static final Map<Text, StreamFile> READ = new ConcurrentHashMap<>();

    /** Identifies what was read: the name stands in what is told of a fault. */
    private record Text(String file, String content) {}

    private ReadFiles() {}

    /** Does as {@link StreamFile#open} does. */
    static StreamFile open(String file, String content) {
        if (READ.size() >= REMEMBERED_MOST) {
            READ.clear();
        }
        return READ.computeIfAbsent(new Text(file, content), text -> StreamFile.open(text.file(), text.content()));
    }
}
