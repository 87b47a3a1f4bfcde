// SPDX-License-Identifier: Apache-2.0
package io.callvault.spool;

import io.callvault.error.ErrorCode;
import io.callvault.error.TryAgainException;
import io.callvault.model.ItemKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One item on its way into the spool, over as many requests as it takes: a connection that was cut, or a 206 that was not
 * asked for, is continued with a range. Used by one thread at a time.
 */
public final class Download {

    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes +([0-9]{1,18})-([0-9]{1,18})/([0-9]{1,18}|\\*)");
    private static final int BUFFER = 65_536;
    private static final ThreadLocal<byte[]> BUFFERS = ThreadLocal.withInitial(() -> new byte[BUFFER]);

    private final Spool spool;
    private final ItemKey item;
    private final String announcedType;
    private final Path target;
    private final Path part;
    private boolean isBegun;
    private MessageDigest digest = Spool.digest();
    private byte[] start = new byte[0];
    private long received;
    private int redirects;
    private long total = -1;
    private String type;
    private SpoolFile whole;

    /**
     * @param announcedType the type that the item's record announced; null when it did not
     * @param isFirst whether nobody knows a file of this item: then it grows under its final name, otherwise beside it
     */
    public Download(Spool spool, ItemKey item, String announcedType, boolean isFirst) {
        this.spool = spool;
        this.item = item;
        this.announcedType = announcedType;
        this.target = spool.whole(item);
        this.part = isFirst ? target : Spool.part(target);
    }

    /** Bytes that are here: where the next request should go on. */
    public long received() {
        return received;
    }

    /** Counts a redirect: how many there were. */
    public int redirected() {
        return ++redirects;
    }

    /** The result; null while bytes are missing. */
    public SpoolFile whole() {
        return whole;
    }

    /**
     * Takes what a request brought. The stream is read to its end and closed.
     *
     * @param status 200, 206 or 416
     * @param contentLength as announced; null when not
     * @param contentRange the header; null when absent
     * @param contentType the header; null when absent
     * @return true if the item is whole and proved; false if more must be asked for
     * @throws TryAgainException if bytes are missing or are not the item's; what came may still serve the next try
     * @throws io.callvault.error.StopAllException if the spool cannot be written
     */
    public boolean take(int status, Long contentLength, String contentRange, String contentType, InputStream body) {
        try (InputStream in = body) {
            if (status == 416) {
                restart();
                throw failed(ErrorCode.CONTENT_SHORT, "the range is said not to exist");
            }
            Long expected = contentLength;
            if (status == 206) {
                expected = placeOf(contentRange, contentLength);
            } else {
                restart();
                total = contentLength == null ? -1 : contentLength;
            }
            type = contentType == null ? type : contentType;
            spool.room().grow(item, Math.max(total, received));
            long before = received;
            boolean ended = copy(in);
            if (!ended || (expected != null && received - before != expected)) {
                throw failed(
                        ErrorCode.CONTENT_SHORT,
                        "it ended after " + received + (total < 0 ? " bytes" : " of " + total + " bytes"));
            }
        } catch (IOException e) {
            throw spool.unusable(e);
        }
        if (total >= 0 && received < total) {
            return false;
        }
        prove();
        return true;
    }

    /** Forgets what came: the next request begins at the first byte. */
    public void restart() {
        received = 0;
        total = -1;
        start = new byte[0];
        digest = Spool.digest();
    }

    private long placeOf(String contentRange, Long contentLength) {
        Matcher range = CONTENT_RANGE.matcher(contentRange == null ? "" : contentRange.strip());
        if (!range.matches()) {
            restart();
            throw failed(ErrorCode.CONTENT_SHORT, "a part came without saying which");
        }
        long first = Long.parseLong(range.group(1));
        long last = Long.parseLong(range.group(2));
        long announced = range.group(3).equals("*") ? -1 : Long.parseLong(range.group(3));
        if (first == 0) {
            restart();
        }
        if (first != received || last < first || (total >= 0 && announced >= 0 && announced != total)) {
            restart();
            throw failed(ErrorCode.CONTENT_SHORT, "another part came than was asked for");
        }
        if (announced < 0) {
            restart();
            throw failed(ErrorCode.CONTENT_SHORT, "a part came that does not say of how much");
        }
        long length = last - first + 1;
        if (last >= announced || (contentLength != null && contentLength != length)) {
            restart();
            throw failed(ErrorCode.CONTENT_SHORT, "a part came that contradicts itself");
        }
        total = announced;
        return length;
    }

    /** @return false if the connection ended early; what came before is kept */
    private boolean copy(InputStream in) throws IOException {
        byte[] buffer = BUFFERS.get();
        if (!isBegun) {
            Files.deleteIfExists(part); // its bytes may be those of a stored file, too
            isBegun = true;
        }
        try (RandomAccessFile file = new RandomAccessFile(part.toFile(), "rw")) {
            if (file.length() != received) {
                file.setLength(received);
            }
            file.seek(received);
            while (true) {
                int read;
                try {
                    read = in.read(buffer);
                } catch (IOException cut) {
                    return false;
                }
                if (read < 0) {
                    return true;
                }
                file.write(buffer, 0, read);
                digest.update(buffer, 0, read);
                remember(buffer, read);
                received += read;
                if (total < 0) {
                    spool.room().grow(item, received);
                }
            }
        }
    }

    private void remember(byte[] buffer, int read) {
        int room = MediaType.LOOKED_AT - start.length;
        if (room > 0) {
            int more = Math.min(room, read);
            byte[] longer = Arrays.copyOf(start, start.length + more);
            System.arraycopy(buffer, 0, longer, start.length, more);
            start = longer;
        }
    }

    private void prove() {
        if (received == 0) {
            restart();
            throw failed(ErrorCode.CONTENT_EMPTY, "nothing came");
        }
        String magic = MediaType.of(start);
        String textual = magic == null && !isTextAsAnnounced() ? MediaType.textual(start, type) : null;
        if (textual != null) {
            restart();
            throw failed(ErrorCode.CONTENT_NOT_MEDIA, textual + " came in its place");
        }
        String proved = magic != null ? magic : MediaType.plain(announcedType != null ? announcedType : type);
        try {
            if (!part.equals(target)) {
                Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (AtomicMoveNotSupportedException e) {
            throw new IllegalStateException("the spool is one directory", e);
        } catch (IOException e) {
            throw spool.unusable(e);
        }
        spool.room().whole(item, received);
        whole = new SpoolFile(target, received, HexFormat.of().formatHex(digest.digest()), proved);
    }

    /** Only what its record announced as text may look like text, and only if the answer agrees. */
    private boolean isTextAsAnnounced() {
        return announcedType != null
                && MediaType.isText(announcedType)
                && (type == null || MediaType.plain(type).equals(MediaType.plain(announcedType)));
    }

    private TryAgainException failed(ErrorCode code, String what) {
        return new TryAgainException(
                code, "Tried to download " + item.item() + " of customer " + item.customer() + " but " + what);
    }
}
