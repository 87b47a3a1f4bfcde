// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One account at the provider and everything in it. A test builds it, and may change it while a program reads. */
final class Company {

    private final Lookalike lookalike;
    private final String account;
    private final Map<String, ObjectNode> extensions = new LinkedHashMap<>();
    private final List<Row> calls = new ArrayList<>();
    private final Map<String, List<Message>> mailboxes = new LinkedHashMap<>();
    private final Map<String, Media> contents = new LinkedHashMap<>();
    private final Map<String, Media> recordings = new LinkedHashMap<>();
    private final Set<String> forbidden = new HashSet<>();
    private final Deletions deletions = new Deletions(this);
    private boolean callLogDenied;
    private boolean mayDelete;
    private int next;

    Company(Lookalike lookalike, String account) {
        this.lookalike = lookalike;
        this.account = account;
        extension("700800900", "User");
    }

    String account() {
        return account;
    }

    String base() {
        return lookalike.base();
    }

    /** Absolute, under the account. */
    String url(String rest) {
        return base() + "/restapi/v1.0/account/" + account + "/" + rest;
    }

    synchronized Company extension(String id, String type) {
        ObjectNode extension = Json.object();
        extension.put("id", Long.parseLong(id)).put("uri", url("extension/" + id));
        if (!type.equals("Unassigned")) {
            extension.put("extensionNumber", Integer.toString(101 + extensions.size()));
            extension.put("name", "Example " + id);
        }
        extension.put("type", type.equals("Unassigned") ? "User" : type);
        extension.put("status", type.equals("Unassigned") ? "Unassigned" : "Enabled").put("hidden", false);
        extension.putObject("permissions").putObject("admin").put("enabled", extensions.isEmpty());
        extensions.put(id, extension);
        mailboxes.put(id, new ArrayList<>());
        return this;
    }

    synchronized Company disable(String extension) {
        extensions.get(extension).put("status", "Disabled");
        return this;
    }

    /** Its mailbox and call log answer 403 CMN-419 until it is permitted. */
    synchronized Company forbid(String extension) {
        forbidden.add(extension);
        return this;
    }

    synchronized Company permit(String extension) {
        forbidden.remove(extension);
        return this;
    }

    /** The user may not read the company's call log: 403 CMN-408. */
    synchronized Company denyCallLog() {
        callLogDenied = true;
        return this;
    }

    synchronized Company permitCallLog() {
        callLogDenied = false;
        return this;
    }

    /** The application and the user may delete recordings and messages; at first they may not. */
    synchronized Company permitDeleting() {
        mayDelete = true;
        return this;
    }

    synchronized boolean mayDelete() {
        return mayDelete;
    }

    /** What somebody with a token deleted. */
    Deletions deletions() {
        return deletions;
    }

    /** A recording nothing mentions yet; put it on a call. */
    synchronized Media recording() {
        return recording(Media.Kind.MP3, 12_000);
    }

    synchronized Media recording(Media.Kind kind, int size) {
        return recording(Long.toString(9_900_112_233_000L + ++next), kind, size);
    }

    synchronized Media recording(String id, Media.Kind kind, int size) {
        Media media = new Media(id, kind, size + recordings.size())
                .at("/restapi/v1.0/account/" + account + "/recording/" + id + "/content");
        contents.put(media.path(), media);
        recordings.put(id, media);
        return media;
    }

    synchronized Media attachment(Media.Kind kind, int size) {
        return new Media("attachment-" + ++next, kind, size + next);
    }

    synchronized Media attachment(String extension, long message, long attachment, Media media) {
        media.at("/restapi/v1.0/account/" + account + "/extension/" + extension + "/message-store/" + message
                + "/content/" + attachment);
        contents.put(media.path(), media);
        return media;
    }

    synchronized Call call(Instant start) {
        return call("AbCdEf%010dA".formatted(++next), start);
    }

    synchronized Call call(String id, Instant start) {
        Call call = new Call(this, id, start);
        calls.add(call);
        return call;
    }

    /** The provider forgets a call; what came after it in the list moves up. */
    synchronized Company forget(Call call) {
        calls.remove(call);
        return this;
    }

    /** A row of the call log that is no record. */
    synchronized Company junk(Instant at, JsonNode row) {
        calls.add(new Row(this, at, row));
        return this;
    }

    synchronized Message message(String extension, Message.Type type, Instant created) {
        return message(extension, type, created, 5_550_000_000_000L + ++next);
    }

    synchronized Message message(String extension, Message.Type type, Instant created, long id) {
        Message message = new Message(this, extension, id, type, created);
        mailboxes.get(extension).add(message);
        return message;
    }

    /** The same message in another mailbox too: shared with it, of the same id and address. */
    synchronized Company share(Message message, String extension) {
        mailboxes.get(extension).add(message);
        return this;
    }

    String firstExtension() {
        return "700800900";
    }

    ObjectNode extensionLink(String extension) {
        return Json.object().put("id", Long.parseLong(extension)).put("uri", url("extension/" + extension));
    }

    ObjectNode recordingLink(Media recording) {
        return Json.object()
                .put("id", recording.id())
                .put("type", "Automatic")
                .put("uri", url("recording/" + recording.id()))
                .put("contentUri", base() + recording.path());
    }

    /** All rows of the call log, newest first. */
    synchronized List<Row> calls() {
        List<Row> sorted = new ArrayList<>(calls);
        sorted.sort(Comparator.comparing(Row::at).reversed());
        return sorted;
    }

    synchronized List<Message> mailbox(String extension) {
        List<Message> sorted = new ArrayList<>(mailboxes.getOrDefault(extension, List.of()));
        sorted.sort(Comparator.comparing(Row::at).reversed());
        return sorted;
    }

    /** Every message once, of all mailboxes that may be read. */
    synchronized List<Message> messages() {
        Map<Long, Message> all = new LinkedHashMap<>();
        mailboxes.forEach((extension, rows) -> {
            if (!forbidden.contains(extension)) {
                rows.forEach(message -> all.putIfAbsent(message.id(), message));
            }
        });
        return List.copyOf(all.values());
    }

    synchronized List<ObjectNode> extensions() {
        return extensions.values().stream().map(ObjectNode::deepCopy).toList();
    }

    synchronized ObjectNode extension(String id) {
        ObjectNode extension = extensions.get(id);
        return extension == null ? null : extension.deepCopy();
    }

    synchronized boolean isForbidden(String extension) {
        return forbidden.contains(extension);
    }

    synchronized boolean isCallLogDenied() {
        return callLogDenied;
    }

    synchronized Media content(String path) {
        return contents.get(path);
    }

    synchronized Media recording(String id) {
        return recordings.get(id);
    }

    /** What belongs to a message but for its text, which the record holds. */
    synchronized List<Media> attachments(Message message) {
        List<Media> attachments = new ArrayList<>();
        message.json().path("attachments").forEach(attachment -> attachments.add(
                contents.get(attachment.path("uri").asText().substring(base().length()))));
        attachments.removeAll(message.texts());
        return attachments;
    }

    /** Every recording, whether a call mentions it or not. */
    synchronized Collection<Media> recordings() {
        return List.copyOf(recordings.values());
    }
}
