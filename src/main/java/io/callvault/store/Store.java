// SPDX-License-Identifier: Apache-2.0
package io.callvault.store;

import io.callvault.model.Receipt;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One target. The promises common to all calls, and the failures, stand in the package's description; callers rely on
 * nothing else.
 */
public interface Store {

    /**
     * Stores a file and proves it. May be repeated at any time; the same bytes under the same path are a success.
     *
     * @return the proof; never null
     * @throws io.callvault.error.SkipRecordException {@code STORE_CONFLICT}: other bytes lie there and stay there
     * @throws java.io.UncheckedIOException when the file cannot be read: that is the caller's disk
     */
    Receipt put(StorePut put);

    /**
     * Whether an object lies under a path. A target that cannot be asked throws; it never answers "no".
     *
     * @return empty when none does; an object still being put counts as none
     */
    Optional<StoredObject> stat(String path);

    /**
     * Copies an object, or a part of it, into a file.
     *
     * @param offset first byte wanted, from 0; past the end nothing is written
     * @param length at most so many bytes; -1: all to the end
     * @param into created, or emptied first; after an exception its content means nothing
     * @return how many bytes were written: fewer than {@code length} when the object ends before
     * @throws io.callvault.error.SkipRecordException {@code STORE_OBJECT_MISSING}: no object lies there
     * @throws java.io.UncheckedIOException when {@code into} cannot be written: that is the caller's disk
     */
    long get(String path, long offset, long length, Path into);

    /** Whether {@link #list} works here. Some targets, or their credentials, cannot list. */
    boolean lists();

    /**
     * Calls {@code each} with every object whose path begins with {@code prefix}, in no particular order and on this
     * thread. Objects put meanwhile may or may not be seen. What cannot be read is an exception, never left out.
     *
     * @param prefix begins like a path; empty: everything
     * @throws UnsupportedOperationException when {@link #lists()} is false
     */
    void list(String prefix, Consumer<StoredObject> each);

    /** Lets go of connections. No call is running, and none follows. */
    default void close() {}
}
