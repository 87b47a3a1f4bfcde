// SPDX-License-Identifier: Apache-2.0
package io.callvault.sandbox.kazoo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The accounts and what they hold. A document's bytes follow from its id. */
public final class KazooAccounts {

    /** Seconds from the year 0 of the Gregorian calendar to 1970. */
    static final long EPOCH = 62_167_219_200L;

    static final ObjectMapper MAPPER = new ObjectMapper();

    private final Map<String, Account> accounts = new LinkedHashMap<>();

    /** @param parent null for the one at the top */
    record Account(String id, String parent, String name, List<KazooDocument> documents) {}

    KazooAccounts() {}

    /** Thirty-two digits for a short name. */
    public static String hex(String name) {
        return String.format(Locale.ROOT, "%032x", new java.math.BigInteger(1, name.getBytes(StandardCharsets.UTF_8)))
                .substring(0, 32);
    }

    /** A new account below another; null for one at the top. Returns its id. */
    public synchronized String account(String name, String parent) {
        String id = hex(name);
        accounts.put(id, new Account(id, parent, name, new ArrayList<>()));
        return id;
    }

    /** Ids of all accounts. */
    public synchronized List<String> all() {
        return List.copyOf(accounts.keySet());
    }

    /** A recording of a call that began and ended then. Returns its id. */
    public String recording(String account, String name, Instant start, Instant end) {
        String id = id(start, name);
        ObjectNode row = MAPPER.createObjectNode();
        row.put("id", id).put("name", name + ".mp3").put("content_type", "audio/mpeg").put("media_type", "mp3");
        row.put("call_id", name + "@203.0.113.7").put("interaction_id", greg(start) + "-" + name);
        row.put("direction", "inbound").put("from", "+15550100@carrier.example").put("to", "1001@acme.example");
        row.put("caller_id_number", "+15550100").put("caller_id_name", "ACME CALLER");
        row.put("callee_id_number", "1001").put("callee_id_name", "Reception");
        row.put("owner_id", hex("user")).put("start", greg(start)).put("duration", end.getEpochSecond() - start.getEpochSecond());
        row.putObject("_read_only").putArray("content_types").add("audio/mpeg");
        add(account, new KazooDocument("recordings", id, hex("user"), null, end, month(start), row, mp3(id), "audio/mpeg"));
        return id;
    }

    /** A call detail record. Returns its id. */
    public String cdr(String account, String callId, Instant start, int seconds) {
        String id = String.format(Locale.ROOT, "%s-%s", month(start).toString().replace("-", ""), callId);
        ObjectNode row = MAPPER.createObjectNode();
        row.put("id", id).put("call_id", callId).put("caller_id_number", "+15550100").put("caller_id_name", "");
        row.put("callee_id_number", "1001").put("duration_seconds", seconds).put("billing_seconds", seconds);
        row.put("timestamp", Long.toString(greg(start))).put("unix_timestamp", Long.toString(start.getEpochSecond()));
        row.put("direction", "inbound").put("hangup_cause", "NORMAL_CLEARING").put("cost", "0").put("recording_url", "");
        add(account, new KazooDocument("cdrs", id, null, null, start.plusSeconds(seconds), month(start), row, null, null));
        return id;
    }

    /** A message in a mailbox. Returns its id. */
    public String voicemail(String account, String box, String name, Instant at) {
        String id = id(at, name);
        ObjectNode message = MAPPER.createObjectNode();
        message.put("timestamp", greg(at)).put("from", "1001@acme.example").put("to", "1000@acme.example");
        message.put("caller_id_number", "1001").put("caller_id_name", "Ann").put("call_id", "vm-" + name);
        message.put("folder", "new").put("length", 3140).put("media_id", id).put("transcribed", false);
        ObjectNode row = MAPPER.createObjectNode();
        row.set(box, message);
        add(account, new KazooDocument("vmboxes/messages", id, null, box, at, month(at), row, wav(id), "audio/x-wav"));
        return id;
    }

    /** A fax, received into the inbox or sent from the outbox. Returns its id. */
    public String fax(String account, String folder, String name, Instant at) {
        String id = id(at, name);
        ObjectNode row = MAPPER.createObjectNode();
        row.put("id", id).put("folder", folder).put("to_number", "+15550111").put("from_number", "+15550122");
        row.put("created", greg(at)).put("timestamp", greg(at)).put("call_id", "fx-" + name).put("media_type", "tiff");
        row.putObject(folder.equals("inbox") ? "rx_result" : "tx_result").put("success", true);
        // Stored as TIFF, served as PDF: the format is a setting of the server.
        add(account, new KazooDocument("faxes/" + folder, id, null, null, at, month(at), row, pdf(id), "image/tiff"));
        return id;
    }

    /** Changes a row. */
    public synchronized void row(String account, String id, UnaryOperator<ObjectNode> change) {
        change.apply(find(account, id).row());
    }

    /** From now on it has these bytes; null for none. */
    public void media(String account, String id, byte[] bytes) {
        replace(account, id, document -> document.with(bytes));
    }

    /** It lies in the database of this month, whatever its times say. */
    public void database(String account, String id, YearMonth month) {
        replace(account, id, document -> document.in(month));
    }

    /** It was saved at this time. */
    public void savedAt(String account, String id, Instant at) {
        replace(account, id, document -> document.at(at));
    }

    /** Its bytes; null when it has none. */
    public synchronized byte[] media(String account, String id) {
        return find(account, id).media();
    }

    /** Ids of what is in a list of an account, or in all lists that begin so. */
    public synchronized List<String> ids(String account, String list) {
        return accounts.get(account).documents().stream()
                .filter(document -> document.list().startsWith(list))
                .map(KazooDocument::id)
                .toList();
    }

    synchronized Account account(String id) {
        return accounts.get(id);
    }

    synchronized List<KazooDocument> documents(String account) {
        return List.copyOf(accounts.get(account).documents());
    }

    /** Direct children only, or all below. */
    synchronized List<Account> below(String id, boolean isDeep) {
        return accounts.values().stream()
                .filter(each -> isDeep ? isBelow(each, id) : id.equals(each.parent()))
                .toList();
    }

    /** True for the account itself, and for those below it. */
    synchronized boolean isWithin(String account, String ancestor) {
        Account found = accounts.get(account);
        return found != null && (account.equals(ancestor) || isBelow(found, ancestor));
    }

    private boolean isBelow(Account account, String ancestor) {
        for (Account each = account; each.parent() != null; each = accounts.get(each.parent())) {
            if (each.parent().equals(ancestor)) {
                return true;
            }
        }
        return false;
    }

    /** Takes a document away. */
    synchronized void remove(String account, String id) {
        accounts.get(account).documents().removeIf(each -> each.id().equals(id));
    }

    private KazooDocument find(String account, String id) {
        return accounts.get(account).documents().stream()
                .filter(document -> document.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private synchronized void add(String account, KazooDocument document) {
        accounts.get(account).documents().add(document);
    }

    private synchronized void replace(String account, String id, UnaryOperator<KazooDocument> change) {
        accounts.get(account).documents().replaceAll(each -> each.id().equals(id) ? change.apply(each) : each);
    }

    static YearMonth month(Instant at) {
        return YearMonth.from(at.atOffset(ZoneOffset.UTC));
    }

    static long greg(Instant at) {
        return at.getEpochSecond() + EPOCH;
    }

    private static String id(Instant at, String name) {
        return month(at).toString().replace("-", "") + "-" + hex(name);
    }

    private static byte[] mp3(String id) {
        return bytes(new byte[] {'I', 'D', '3', 4}, id);
    }

    private static byte[] wav(String id) {
        return bytes("RIFF\0\0\0\0WAVEfmt ".getBytes(StandardCharsets.ISO_8859_1), id);
    }

    private static byte[] pdf(String id) {
        return bytes("%PDF-1.4\n".getBytes(StandardCharsets.ISO_8859_1), id);
    }

    private static byte[] bytes(byte[] magic, String id) {
        byte[] name = id.getBytes(StandardCharsets.UTF_8);
        byte[] bytes = Arrays.copyOf(magic, 1_200);
        for (int i = magic.length; i < bytes.length; i++) {
            bytes[i] = (byte) (name[i % name.length] * 31 + i);
        }
        return bytes;
    }
}
