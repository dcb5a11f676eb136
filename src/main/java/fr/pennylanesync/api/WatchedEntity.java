package fr.pennylanesync.api;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/** A body under the watch of its total time; whatever breaks while it is read is a typed failure. */
final class WatchedEntity extends HttpEntityWrapper {

    private final TotalTimeLimit.Watch watch;
    private final String path;

    WatchedEntity(HttpEntity body, TotalTimeLimit.Watch watch, String path) {
        super(body);
        this.watch = watch;
        this.path = path;
    }

    @Override
    public InputStream getContent() throws IOException {
        return new WatchedStream(super.getContent());
    }

    @Override
    public void writeTo(OutputStream target) throws IOException {
        try (InputStream content = getContent()) {
            content.transferTo(target);
        }
    }

    void unwatch() {
        watch.finish();
    }

    @Override
    public void close() throws IOException {
        try {
            super.close();
        } finally {
            watch.finish();
        }
    }

    private final class WatchedStream extends FilterInputStream {

        private WatchedStream(InputStream content) {
            super(content);
        }

        @Override
        public int read() throws IOException {
            byte[] single = new byte[1];
            int count = read(single, 0, 1);
            return count < 0 ? -1 : single[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            try {
                int count = in.read(buffer, offset, length);
                if (count < 0) {
                    watch.finish();
                }
                return count;
            } catch (IOException broken) {
                throw watch.failure(broken, path);
            }
        }

        // Closing may read the rest of the body, so the watch ends after it.
        @Override
        public void close() throws IOException {
            try {
                in.close();
            } finally {
                watch.finish();
            }
        }
    }
}
