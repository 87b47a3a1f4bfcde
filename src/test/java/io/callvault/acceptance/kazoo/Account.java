// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance.kazoo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callvault.acceptance.Bytes;
import io.callvault.acceptance.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** One account and everything in it. A test builds it, and may change it while a program reads. */
final class Account {

    private static final int SIZE = 5_000;

    private final String name;
    private final String id;
    private final Account parent;
    private final String apiKey;
    private final Switches switches = new Switches();
    private final Deletions deletions = new Deletions();
    private final List<Account> children = new ArrayList<>();
    private final List<Row> rows = new ArrayList<>();
    private final Map<String, ObjectNode> boxes = new LinkedHashMap<>();
    private final Map<String, ObjectNode> users = new LinkedHashMap<>();
    private final Map<String, String> passwords = new LinkedHashMap<>();
    private int next;

    /** @param number tells it from others of the same name */
    Account(String name, Account parent, int number) {
        this.name = name;
        this.parent = parent;
        this.id = hexadecimal(name + " number " + number);
        this.apiKey = (UUID.randomUUID() + "" + UUID.randomUUID()).replace("-", "");
    }

    String id() {
        return id;
    }

    String name() {
        return name;
    }

    String realm() {
        return normal(name) + ".example.test";
    }

    /** Null at the top. */
    Account parent() {
        return parent;
    }

    /** 64 characters. */
    String apiKey() {
        return apiKey;
    }

    Switches switches() {
        return switches;
    }

    Deletions deletions() {
        return deletions;
    }

    /** One more account directly below. */
    synchronized Account child(Account child) {
        children.add(child);
        return child;
    }

    synchronized List<Account> children() {
        return List.copyOf(children);
    }

    /** All levels, without itself. */
    List<Account> descendants() {
        List<Account> all = new ArrayList<>();
        for (Account child : children()) {
            all.add(child);
            all.addAll(child.descendants());
        }
        return all;
    }

    /** Ids of the accounts above, the top first: {@code pvt_tree}. */
    List<String> tree() {
        List<String> tree = new ArrayList<>();
        for (Account above = parent; above != null; above = above.parent) {
            tree.add(0, above.id);
        }
        return tree;
    }

    /** Whether its tokens may ask about that account. */
    boolean mayAsk(Account other) {
        return other == this || other.tree().contains(id);
    }

    /** A user who may sign in. Returns its id. */
    synchronized String user(String username, String password) {
        String user = hexadecimal(id + "/" + username);
        users.put(user, Json.object().put("id", user).put("username", username).put("email", username));
        passwords.put(username.toLowerCase(java.util.Locale.ROOT), password);
        return user;
    }

    synchronized List<ObjectNode> users() {
        return users.values().stream().map(ObjectNode::deepCopy).toList();
    }

    /** Password by user name, which is stored in lower case. */
    synchronized Map<String, String> passwords() {
        return Map.copyOf(passwords);
    }

    /** A voicemail box. Returns its id. */
    synchronized String box(String boxName) {
        String box = hexadecimal(id + "#" + boxName);
        boxes.put(box, Json.object().put("id", box).put("name", boxName).put("mailbox", boxName));
        return box;
    }

    synchronized List<ObjectNode> boxes() {
        return boxes.values().stream().map(ObjectNode::deepCopy).toList();
    }

    /** A recorded call that began then and lasted so long; the recording is there. */
    synchronized Row recording(Instant start, Duration length) {
        return recordingWithoutMedia(start, length).attach(blob(Blob.Kind.MP3));
    }

    Row recording(Instant start) {
        return recording(start, Duration.ofSeconds(42));
    }

    /** The same, and the document has been written, but nothing has been uploaded. */
    synchronized Row recordingWithoutMedia(Instant start, Duration length) {
        return recordingIn(Gregorian.month(start), start, length);
    }

    /** The same in a monthly database of one's choice; the id is always of the month in which the call began. */
    synchronized Row recordingIn(String database, Instant start, Duration length) {
        String month = Gregorian.month(start);
        String key = hexadecimal(id + "recording" + ++next);
        String call = "rec" + next + "-" + id.substring(0, 6) + "@203.0.113.7";
        ObjectNode json = Json.object().put("id", month + "-" + key);
        json.put("name", key + ".mp3").put("description", "recording " + key + ".mp3").put("content_type", "audio/mpeg");
        json.put("media_type", "mp3").put("media_source", "recorded").put("source_type", "kzc_recording");
        json.put("origin", "inbound from offnet to account").put("call_id", call).put("cdr_id", month + "-" + call);
        json.put("interaction_id", Gregorian.of(start) + "-" + key.substring(0, 8)).put("direction", "inbound");
        json.put("from", "+15550100@carrier.example").put("to", "1001@" + realm()).put("request", "1001@" + realm());
        json.put("caller_id_number", "+15550100").put("caller_id_name", "EXAMPLE CALLER");
        json.put("callee_id_number", "1001").put("callee_id_name", "Reception");
        json.put("start", Gregorian.of(start)).put("duration", length.toSeconds()).put("duration_ms", length.toMillis());
        json.putObject("custom_channel_vars").put("account_id", id);
        return keep(new Row(Feed.RECORDINGS, month + "-" + key, "", database, Gregorian.of(start.plus(length)), json));
    }

    /** One leg of a call that began then. */
    synchronized Row cdr(Instant start, Duration length) {
        String month = Gregorian.month(start);
        String call = "leg" + ++next + "-" + id.substring(0, 6) + "@203.0.113.7";
        long began = Gregorian.of(start);
        ObjectNode json = Json.object().put("id", month + "-" + call).put("call_id", call);
        json.put("caller_id_number", "+15550100").put("caller_id_name", "EXAMPLE CALLER");
        json.put("callee_id_number", "1001").put("callee_id_name", "Reception");
        json.put("duration_seconds", length.toSeconds()).put("billing_seconds", length.toSeconds());
        json.put("timestamp", Long.toString(began)).put("unix_timestamp", Long.toString(start.getEpochSecond()));
        json.put("hangup_cause", "NORMAL_CLEARING").put("disposition", "").put("other_leg_call_id", "");
        json.put("owner_id", "").put("to", "1001@" + realm()).put("from", "+15550100@carrier.example");
        json.put("direction", "inbound").put("request", "1001@" + realm()).put("authorizing_id", "").put("cost", "0");
        json.put("dialed_number", "1001").put("calling_from", "+15550100");
        json.put("iso_8601", start.atZone(ZoneOffset.UTC).toLocalDate().toString()).put("call_type", "").put("rate", "0.0");
        json.put("rate_name", "").put("bridge_id", call).put("recording_url", "").putArray("media_recordings");
        json.put("media_server", "fs1.example.test").put("call_priority", "").put("interaction_id", began + "-" + next);
        return keep(new Row(
                Feed.CDRS, month + "-" + call, "", Gregorian.month(start), Gregorian.of(start.plus(length)), json));
    }

    Row cdr(Instant start) {
        return cdr(start, Duration.ofSeconds(47));
    }

    /** A message left at that moment, with its audio. */
    synchronized Row voicemail(String box, Instant at) {
        String message = Gregorian.month(at) + "-" + hexadecimal(id + "voicemail" + ++next);
        ObjectNode json = Json.object().put("timestamp", Gregorian.of(at));
        json.put("from", "1001@" + realm()).put("to", "1000@" + realm()).put("caller_id_number", "1001");
        json.put("caller_id_name", "Ann").put("call_id", "vm-" + next).put("folder", "new").put("length", 3_140);
        json.put("media_id", message).put("transcribed", false);
        return keep(new Row(Feed.VOICEMAILS, message, box, Gregorian.month(at), Gregorian.of(at), json))
                .attach(blob(Blob.Kind.MP3));
    }

    /** A fax that came or went; what is stored is TIFF, and what is sent is PDF. */
    synchronized Row fax(String folder, Instant at) {
        String fax = Gregorian.month(at) + "-" + hexadecimal(id + "fax" + ++next);
        ObjectNode json = Json.object().put("id", fax).put("folder", folder).put("status", "completed");
        json.put("to_number", "+15550111").put("from_number", "+15550122").put("from_name", "Example");
        json.put("created", Gregorian.of(at)).put("timestamp", Gregorian.of(at)).put("call_id", "fx-" + next);
        json.put("cdr_doc_id", Gregorian.month(at) + "-fx-" + next).put("media_type", "tiff");
        json.put("faxbox_id", hexadecimal(id + "faxbox"));
        ObjectNode result = json.putObject(folder.equals("inbox") ? "rx_result" : "tx_result").put("success", true);
        result.put(folder.equals("inbox") ? "total_pages" : "pages_sent", 2);
        return keep(new Row(Feed.FAXES, fax, folder, Gregorian.month(at), Gregorian.of(at), json))
                .attach(blob(Blob.Kind.PDF));
    }

    /** Bytes nothing refers to yet, different from all others. */
    Blob blob(Blob.Kind kind) {
        return blob(kind, SIZE);
    }

    synchronized Blob blob(Blob.Kind kind, int size) {
        int number = ++next;
        return new Blob(kind, size + number % 97, id.hashCode() * 31L + number);
    }

    /** Everything of a feed that has not been deleted. */
    synchronized List<Row> rows(Feed feed) {
        return rows.stream()
                .filter(row -> row.feed() == feed && !row.isDeleted())
                .toList();
    }

    /** Everything there has ever been. */
    synchronized List<Row> rows() {
        return List.copyOf(rows);
    }

    /** All attachments of these feeds. */
    List<Blob> blobs(Feed... feeds) {
        List<Blob> blobs = new ArrayList<>();
        for (Feed feed : feeds) {
            rows(feed).stream().map(Row::blob).filter(Objects::nonNull).forEach(blobs::add);
        }
        return blobs;
    }

    private Row keep(Row row) {
        rows.add(row);
        return row;
    }

    /** Lower case, without anything but letters and digits: how accounts are found by name. */
    static String normal(String name) {
        return name.toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }

    private static String hexadecimal(String text) {
        return Bytes.sha256(text.getBytes(StandardCharsets.UTF_8)).substring(0, 32);
    }
}
