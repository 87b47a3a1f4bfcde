// SPDX-License-Identifier: Apache-2.0
package io.callvault.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import io.callvault.json.ExactJson;
import io.callvault.ledger.Reports.ChainLink;
import io.callvault.store.Store;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** Reads a journal from its first object to its last and checks each against the one before and against the ledger. */
final class ChainCheck {

    private static final Pattern NUMBER = Pattern.compile(".*/([0-9]{1,18})\\.jsonl\\.gz");
    private static final JsonFactory JSON = new JsonFactory();

    /** Takes what is wrong. */
    interface Findings {
        void add(Finding.Kind kind, String path, String detail);
    }

    private final String customer;
    private final String target;
    private final ReadBack readBack;
    private final Path directory;
    private final Findings findings;
    private long objects;
    private long bytes;

    ChainCheck(String customer, String target, ReadBack readBack, Path directory, Findings findings) {
        this.customer = customer;
        this.target = target;
        this.readBack = readBack;
        this.directory = directory;
        this.findings = findings;
    }

    long objects() {
        return objects;
    }

    long bytes() {
        return bytes;
    }

    /** The journal's objects that the target lists, by number; two of one number are a finding. */
    Map<Long, String> listed(Store store) {
        Map<Long, String> found = new TreeMap<>();
        store.list(customer + "/journal/", object -> {
            Matcher number = NUMBER.matcher(object.path());
            if (!number.matches()) {
                return; // told as an object that nobody knows
            }
            String other = found.putIfAbsent(Long.parseLong(number.group(1)), object.path());
            if (other != null) {
                findings.add(Finding.Kind.EXTRA, object.path(), "has the number of " + other);
            }
        });
        return found;
    }

    /**
     * Checks the chain.
     *
     * @param chain as the ledger has it, in order
     * @param listed what the target lists, by number; empty when it cannot be listed
     */
    void check(List<ChainLink> chain, Map<Long, String> listed) {
        Map<Long, ChainLink> known = new TreeMap<>();
        chain.forEach(link -> known.put(link.number(), link));
        TreeMap<Long, String> all = new TreeMap<>(listed);
        chain.forEach(link -> all.put(link.number(), link.key()));
        String previous = null;
        long expected = 1;
        for (Map.Entry<Long, String> object : all.entrySet()) {
            long number = object.getKey();
            if (number > expected) {
                findings.add(
                        Finding.Kind.MISSING,
                        customer + "/journal/",
                        "numbers " + expected + " to " + (number - 1) + " of the journal are neither there nor in the ledger");
                previous = null;
            }
            ChainLink link = known.get(number);
            String sha256 = one(number, object.getValue(), link, previous, number == expected);
            previous = link != null ? link.sha256() : sha256;
            expected = number + 1;
        }
    }

    /**
     * @param isNext whether {@code previous} is that of the number before
     * @return SHA-256 of what lies there; null when nothing does
     */
    private String one(long number, String path, ChainLink link, String previous, boolean isNext) {
        Path file = directory.resolve("journal-object.gz");
        ReadBack.Bytes read = readBack.read(path, file);
        if (read == null) {
            if (link != null && link.isPublished()) {
                findings.add(Finding.Kind.MISSING, path, "object " + number + " of the journal is not there");
            }
            return null;
        }
        objects++;
        bytes += read.length();
        String wrong = wrong(file, number, previous, isNext);
        if (link == null) {
            findings.add(
                    Finding.Kind.EXTRA,
                    path,
                    "object " + number + " of the journal is not in the ledger" + (wrong == null ? "" : "; " + wrong));
        } else if (!link.sha256().equals(read.sha256())) {
            findings.add(
                    Finding.Kind.ALTERED,
                    path,
                    "SHA-256 is " + read.sha256() + " instead of " + link.sha256() + (wrong == null ? "" : "; " + wrong));
        } else if (wrong != null) {
            findings.add(Finding.Kind.ALTERED, path, wrong);
        } else if (isNext && !Objects.equals(link.previous(), previous)) {
            findings.add(Finding.Kind.ALTERED, path, "the ledger has another object before it");
        }
        return read.sha256();
    }

    /** What is wrong inside; null when all is well. */
    private String wrong(Path file, long number, String previous, boolean isNext) {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file), 65_536);
                JsonParser json = JSON.createParser(in)) {
            json.setCodec(ExactJson.MAPPER);
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return "it does not begin with a header";
            }
            JsonNode header = json.readValueAsTree();
            String wrong = header(header, number, previous, isNext);
            long line = 1;
            while (wrong == null && json.nextToken() != null) {
                line++;
                if (json.currentToken() != JsonToken.START_OBJECT) {
                    return "line " + line + " is no event";
                }
                json.skipChildren();
            }
            return wrong;
        } catch (IOException e) {
            return "it cannot be read: " + String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        }
    }

    private String header(JsonNode header, long number, String previous, boolean isNext) {
        if (header.path("journal").asInt() != 1
                || !header.path("customer").asText().equals(customer)
                || !header.path("target").asText().equals(target)
                || header.path("number").asLong() != number
                || !header.path("at").isTextual()) {
            return "its header is not that of object " + number + " of " + customer + " at " + target;
        }
        return isNext && !Objects.equals(header.path("previous").asText(null), previous)
                ? "it does not follow the object before it"
                : null;
    }
}
