// SPDX-License-Identifier: Apache-2.0
package io.callvault.audit;

import io.callvault.store.ObjectPath;
import io.callvault.store.Store;
import io.callvault.store.StoreCheck;
import io.callvault.store.StoredObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * What one target holds of one customer: by its own list where it may be listed, else by asking for each object. An object
 * that the list does not have is asked for before it is called missing, because another process may have put it meanwhile,
 * and because not every list is of this moment. For one thread.
 */
public final class Holdings {

    /** So many are asked for although the list does not have them; an emptied target is then believed. */
    private static final int DOUBTS = 1000;

    /** Stored so shortly before the list was taken that the list may not have it yet. */
    private static final Duration YOUNG = Duration.ofMinutes(10);

    private final Store store;
    private final String prefix;
    private final ExecutorService askers;
    private final FoundObjects found;
    private final Instant listedAt;
    private final Map<String, Optional<StoredObject>> asked = new HashMap<>();
    private int doubts;

    /**
     * Lists the target, if it can be listed.
     *
     * @param prefix begins the paths of the customer's objects; an object elsewhere is asked for
     * @param askers for asking for many at once
     * @throws io.callvault.error.ArchiveException what the target says
     */
    public Holdings(Store store, String prefix, ExecutorService askers, Clock clock) {
        this.store = store;
        this.prefix = prefix;
        this.askers = askers;
        this.listedAt = clock.instant();
        this.found = store.lists() ? new FoundObjects() : null;
        if (found != null) {
            store.list(prefix, object -> found.add(object.path(), object.length()));
        }
    }

    /** Whether the target could be listed; without, objects that nothing explains are not noticed. */
    boolean isListed() {
        return found != null;
    }

    /** Asks for many at once what {@link #length} will be asked for; the answers hold until the next call. */
    void prepare(Collection<String> paths) {
        asked.clear();
        if (found != null) {
            return;
        }
        Map<String, Future<Optional<StoredObject>>> answers = new HashMap<>();
        paths.forEach(path -> answers.put(path, askers.submit(() -> store.stat(path))));
        answers.forEach((path, answer) -> asked.put(path, Answers.of(answer)));
    }

    /**
     * The length in bytes of the object that lies under a path; null when none does.
     *
     * @param storedAt when it was proved to lie there; null when it was not
     */
    public Long length(String path, Instant storedAt) {
        Long listed = found == null ? null : found.length(path);
        if (listed != null) {
            return listed;
        }
        if (found != null && storedAt != null && storedAt.isBefore(listedAt.minus(YOUNG)) && doubts >= DOUBTS) {
            return null;
        }
        doubts++;
        Optional<StoredObject> object = asked.containsKey(path) ? asked.get(path) : store.stat(path);
        return object.map(StoredObject::length).orElse(null);
    }

    /** The object under the path is known to somebody, if there is one. */
    void explain(String path) {
        if (found != null) {
            found.explain(path);
        }
    }

    /**
     * Names the customer's objects that nothing explains; a sidecar only when the object beside it is explained or absent,
     * so that what was lost once is named once.
     *
     * @param each takes a path
     */
    void unexplained(String customer, Consumer<String> each) {
        if (found == null || !found.hasUnexplained()) {
            return;
        }
        String own = customer + "/";
        store.list(prefix.isEmpty() ? "" : own, object -> {
            String path = object.path();
            if (path.startsWith(own) && !path.equals(StoreCheck.path(customer)) && found.isUnexplained(path) && !isBesideAnother(path)) {
                each.accept(path);
            }
        });
    }

    private boolean isBesideAnother(String path) {
        String suffix = ObjectPath.sidecar("");
        return path.endsWith(suffix)
                && found.isUnexplained(path.substring(0, path.length() - suffix.length()));
    }
}
