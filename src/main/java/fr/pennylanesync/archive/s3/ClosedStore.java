package fr.pennylanesync.archive.s3;

import org.gaul.s3proxy.S3ErrorCode;
import org.gaul.s3proxy.S3ProxyException;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;

/**
 * Stands where the server looks for what anybody may read. It refuses whatever it is asked, so that no request without
 * a signature learns what is there, whatever the modes of files and folders say.
 */
final class ClosedStore extends ForwardingBlobStore {

    ClosedStore(BlobStore objects) {
        super(objects);
    }

    @Override
    public BlobStore delegate() {
        throw new S3ProxyException(S3ErrorCode.ACCESS_DENIED);
    }
}
