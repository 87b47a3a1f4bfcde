// SPDX-License-Identifier: Apache-2.0
package io.callvault.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callvault.error.ErrorCode;
import io.callvault.error.SkipRecordException;
import io.callvault.error.StopCustomerException;
import io.callvault.json.ExactJson;
import io.callvault.ledger.HeaderEvent;
import io.callvault.ledger.JournalEvent;
import io.callvault.ledger.JournalObject;
import io.callvault.ledger.Ledger;
import io.callvault.spool.Spool;
import io.callvault.spool.SpoolFile;
import io.callvault.store.Store;
import io.callvault.store.StorePut;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/** One chain: a customer's journal at one target. Used by one thread at a time. */
public final class Journal {

    /** The most events in one object. */
    public static final int CUT = 10_000;

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyy/MM/dd", Locale.ROOT);
    private static final Pattern NUMBER = Pattern.compile(".*/([0-9]{1,18})\\.jsonl\\.gz");

    private final String customer;
    private final String target;
    private final Ledger ledger;
    private final Store store;
    private final Spool spool;
    private final Clock clock;
    private boolean isCompared;

    public Journal(String customer, String target, Ledger ledger, Store store, Spool spool, Clock clock) {
        this.customer = customer;
        this.target = target;
        this.ledger = ledger;
        this.store = store;
        this.spool = spool;
        this.clock = clock;
    }

    /** Where all of a customer's journal lies, in every target. */
    static String directory(String customer) {
        return customer + "/journal/";
    }

    /** Where an object lies that is made on that day, in UTC. */
    static String key(String customer, LocalDate day, long number) {
        return directory(customer) + DAY.format(day) + "/" + number + ".jsonl.gz";
    }

    /**
     * Publishes everything that happened until now. Blocks.
     *
     * @return number of objects published; 0 when nothing had happened
     * @throws StopCustomerException LEDGER_BEHIND_JOURNAL if the target holds a journal that this ledger did not write
     * @throws io.callvault.error.ArchiveException what the target says; nothing is lost, the next call goes on
     */
    public int publish() {
        return publish(() -> true);
    }

    /**
     * The same, object by object, as long as it may.
     *
     * @param goesOn asked before each object but the first; what is left is published by the next call
     */
    public int publish(BooleanSupplier goesOn) {
        return publish(1, goesOn);
    }

    /** The same, but for events that would not fill an object: they wait for a later call. */
    public int publishFull(BooleanSupplier goesOn) {
        return publish(CUT, goesOn);
    }

    private int publish(int least, BooleanSupplier goesOn) {
        int published = 0;
        Optional<JournalObject> newest = ledger.newestObject(customer, target);
        if (newest.isPresent() && ledger.isUnpublished(customer, target)) {
            put(newest.get(), newest.get().number());
            published++;
        }
        while (published == 0 || goesOn.getAsBoolean()) {
            long after = newest.map(JournalObject::lastEvent).orElse(0L);
            // Read first: whatever was found before one of these is then among the events.
            List<HeaderEvent> listing = ledger.headerEvents(customer, after);
            List<JournalEvent> events = ledger.events(customer, target, after, CUT);
            if (events.size() < least) {
                return published;
            }
            long last = events.get(events.size() - 1).number();
            boolean isCut = events.size() == CUT;
            JournalObject object = object(
                    newest.orElse(null),
                    events,
                    listing.stream().filter(each -> !isCut || each.number() < last).toList());
            compare(object.number() - 1);
            ledger.fixObject(object).join();
            put(object, object.number());
            published++;
            newest = Optional.of(object);
        }
        return published;
    }

    private JournalObject object(JournalObject previous, List<JournalEvent> events, List<HeaderEvent> listing) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        long number = previous == null ? 1 : previous.number() + 1;
        String before = previous == null ? null : previous.sha256();
        byte[] bytes = bytes(header(number, before, now, listing), events);
        long last = events.get(events.size() - 1).number();
        if (!listing.isEmpty()) {
            last = Math.max(last, listing.get(listing.size() - 1).number());
        }
        return new JournalObject(
                customer,
                target,
                number,
                key(customer, LocalDate.ofInstant(now, ZoneOffset.UTC), number),
                SpoolFile.sha256(bytes),
                before,
                bytes,
                last,
                now);
    }

    private String header(long number, String previous, Instant now, List<HeaderEvent> listing) {
        ObjectNode header = ExactJson.MAPPER.createObjectNode();
        header.put("journal", 1);
        header.put("customer", customer);
        header.put("target", target);
        header.put("number", number);
        header.put("previous", previous);
        header.put("at", now.toString());
        try {
            // Of each part the latest.
            Map<String, HeaderEvent> latest = new LinkedHashMap<>();
            listing.forEach(each -> latest.put(each.event() + "/" + each.feed() + "/" + each.part(), each));
            for (HeaderEvent each : latest.values()) {
                header.withArray(each.event()).add(ExactJson.MAPPER.readTree(each.line()));
            }
            return ExactJson.MAPPER.writeValueAsString(header);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("strings and numbers can always be written", e);
        }
    }

    private static byte[] bytes(String header, List<JournalEvent> events) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new Quick(bytes)) {
            gzip.write((header + "\n").getBytes(StandardCharsets.UTF_8));
            for (JournalEvent event : events) {
                gzip.write(event.line().getBytes(StandardCharsets.UTF_8));
                gzip.write('\n');
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private void put(JournalObject object, long reached) {
        compare(reached);
        String name = "journal-" + target + "-" + object.number();
        Path file = spool.write(customer, name, object.bytes());
        try {
            store.put(new StorePut(
                    object.key(), file, object.bytes().length, object.sha256(), "application/gzip", true));
        } catch (SkipRecordException e) {
            throw e.code() == ErrorCode.STORE_CONFLICT ? behind(object.key()) : e;
        } finally {
            spool.release(customer, name);
        }
        ledger.published(object, clock.instant()).join();
    }

    /** Once for each chain: the target holds no number beyond those that this ledger has fixed. */
    private void compare(long fixed) {
        if (isCompared) {
            return;
        }
        if (store.lists()) {
            store.list(directory(customer), object -> {
                Matcher number = NUMBER.matcher(object.path());
                if (number.matches() && Long.parseLong(number.group(1)) > fixed) {
                    throw behind(object.path());
                }
            });
        }
        isCompared = true;
    }

    private StopCustomerException behind(String path) {
        return new StopCustomerException(
                ErrorCode.LEDGER_BEHIND_JOURNAL,
                "Tried to continue the journal of customer " + customer + " at target " + target + " but " + path
                        + " is already there and was not written from this ledger. Check callvault.home, or put the"
                        + " newest copy of the ledger back; without one, move this ledger away and run callvault"
                        + " rebuild");
    }

    /** Half the effort of zlib's default, for objects a fifth larger: measured with records of a call log. */
    private static final class Quick extends GZIPOutputStream {
        Quick(OutputStream out) throws IOException {
            super(out, 65_536);
            def.setLevel(3);
        }
    }
}
