// SPDX-License-Identifier: Apache-2.0
package io.callvault.store.dropbox;

import com.dropbox.core.DbxException;
import com.dropbox.core.NetworkIOException;
import com.dropbox.core.ServerException;
import com.dropbox.core.v2.files.CommitInfo;
import com.dropbox.core.v2.files.DbxUserFilesRequests;
import com.dropbox.core.v2.files.FileMetadata;
import com.dropbox.core.v2.files.UploadSessionAppendErrorException;
import com.dropbox.core.v2.files.UploadSessionCursor;
import io.callvault.store.FileSlice;
import io.callvault.store.StorePut;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * A long file on its way, chunk by chunk. When a connection breaks it is not known whether the chunk arrived: the same
 * chunk is sent again, and Dropbox answers where the session really stands.
 */
final class SessionUpload {

    /** How often in a row a chunk may be cut off before the put fails. */
    private static final int CUTS = 3;

    private final DbxUserFilesRequests files;
    private final StorePut put;
    private final ContentHash hash;
    private final long chunk;
    private int cuts;

    SessionUpload(DbxUserFilesRequests files, StorePut put, ContentHash hash, long chunk) {
        this.files = files;
        this.put = put;
        this.hash = hash;
        this.chunk = chunk;
    }

    /** @throws UncheckedIOException when the file cannot be read */
    FileMetadata upload(CommitInfo as) throws DbxException {
        try {
            return uploaded(as);
        } catch (IOException e) { // the SDK's word for what it is given to read
            throw new UncheckedIOException("cannot read " + put.file() + ": " + e.getMessage(), e);
        }
    }

    private FileMetadata uploaded(CommitInfo as) throws DbxException, IOException {
        String session = files.uploadSessionStart()
                .uploadAndFinish(InputStream.nullInputStream())
                .getSessionId();
        for (long at = 0; at < put.length(); ) {
            at = append(session, at);
        }
        return files.uploadSessionFinish(
                        new UploadSessionCursor(session, put.length()), as, ContentHash.ofNothing())
                .uploadAndFinish(InputStream.nullInputStream());
    }

    /** Sends the chunk that begins there; gives back where to go on. */
    private long append(String session, long at) throws DbxException, IOException {
        long end = Math.min(put.length(), (at / chunk + 1) * chunk);
        try (InputStream slice = new FileSlice(put.file(), at, end - at).open()) {
            files.uploadSessionAppendV2Builder(new UploadSessionCursor(session, at))
                    .withContentHash(hash.of(at, end - at))
                    .start()
                    .uploadAndFinish(slice);
            cuts = 0;
            return end;
        } catch (UploadSessionAppendErrorException e) {
            return resumed(e, at, end);
        } catch (NetworkIOException | ServerException cut) {
            if (++cuts >= CUTS) {
                throw cut;
            }
            return at;
        }
    }

    /** After a cut the session may stand behind the chunk, or anywhere in it; otherwise an offset is an error. */
    private long resumed(UploadSessionAppendErrorException e, long at, long end) throws DbxException {
        if (!e.errorValue.isIncorrectOffset() || cuts == 0) {
            throw e;
        }
        long correct = e.errorValue.getIncorrectOffsetValue().getCorrectOffset();
        if (correct <= at || correct > end) {
            throw e;
        }
        return correct;
    }
}
