// SPDX-License-Identifier: Apache-2.0
package io.callvault.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Everything that was asked, in the order in which it was answered. An entry is there before its answer is sent. */
public final class RequestLog {

    private final List<ReceivedRequest> entries = new ArrayList<>();

    RequestLog() {}

    synchronized void add(ReceivedRequest entry) {
        entries.add(entry);
    }

    /** A copy. */
    public synchronized List<ReceivedRequest> all() {
        return List.copyOf(entries);
    }

    /** Those that a test is interested in. */
    public List<ReceivedRequest> where(Predicate<ReceivedRequest> wanted) {
        return all().stream().filter(wanted).toList();
    }

    public synchronized int size() {
        return entries.size();
    }

    /** Forgets everything so far; counters of budgets stay. */
    public synchronized void clear() {
        entries.clear();
    }

    /** How often the bytes of a recording were asked for, at any door, with any outcome. */
    public int contentRequests(String recordingId) {
        return where(one -> one.path().endsWith("/recording/" + recordingId + "/content"))
                .size();
    }

    /** How often an attachment was asked for, with any outcome. */
    public int contentRequests(long messageId, long attachmentId) {
        return where(one -> one.path().endsWith("/message-store/" + messageId + "/content/" + attachmentId))
                .size();
    }

    /** How often any bytes were asked for. */
    public int contentRequests() {
        return where(ReceivedRequest::isContent).size();
    }

    public int listRequests() {
        return where(ReceivedRequest::isList).size();
    }

    public int tokenRequests() {
        return where(one -> one.path().endsWith("/oauth/token")).size();
    }

    /** Parameters that no endpoint has, each as {@code path?name}. */
    public List<String> unknownParameters() {
        return all().stream()
                .flatMap(one -> one.unknownParameters().stream().map(name -> one.path() + "?" + name))
                .toList();
    }

    /** Requests that wanted to change something, which an archive never does. */
    public List<ReceivedRequest> writes() {
        return where(one -> one.status() == 405);
    }
}
