// SPDX-License-Identifier: Apache-2.0
package io.callvault.rebuild;

import com.fasterxml.jackson.databind.JsonNode;
import io.callvault.audit.Finding;
import io.callvault.audit.ReadBack;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One journal at one target, copied and checked from its newest object back to its first. */
final class Chain {

    /**
     * An object of the chain.
     *
     * @param path where it lies in the target
     * @param sha256 of its bytes as they should be: as the next object says, if that can be believed
     * @param header null when it cannot be read
     * @param isBelieved false when it is damaged, or the next object says that it had other bytes
     */
    record Link(long number, String path, String sha256, JsonNode header, JournalFile file, boolean isBelieved) {

        /** Null for number 1, and when the header cannot be read. */
        String previous() {
            return header == null ? null : header.path("previous").asText(null);
        }

        /** Null when the header does not say. */
        Instant at() {
            try {
                return header == null ? null : Instant.parse(header.path("at").asText());
            } catch (DateTimeException e) {
                return null;
            }
        }
    }

    private final String customer;
    private final String target;
    private final List<Link> links = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();

    /**
     * Copies and checks it.
     *
     * @param paths its objects by number, in order
     * @param directory where the copies go
     * @param copied told of each copy
     * @throws io.callvault.error.ArchiveException if the target cannot be read
     */
    Chain(
            String customer,
            String target,
            Map<Long, String> paths,
            ReadBack readBack,
            Path directory,
            Runnable copied) {
        this.customer = customer;
        this.target = target;
        List<Link> read = new ArrayList<>();
        paths.forEach((number, path) -> {
            Link link = read(number, path, readBack, directory.resolve(target + "-" + number + ".gz"));
            if (link != null) {
                read.add(link);
            }
            copied.run();
        });
        gaps(read);
        Link next = null;
        for (int i = read.size() - 1; i >= 0; i--) {
            next = checked(read.get(i), next);
            links.add(0, next);
        }
    }

    String target() {
        return target;
    }

    /** In order; numbers may be missing. */
    List<Link> links() {
        return links;
    }

    /** What is wrong; empty when the chain is whole. */
    List<Finding> findings() {
        return findings;
    }

    private void found(Finding.Kind kind, String path, String detail) {
        findings.add(new Finding(customer, target, kind, path, detail));
    }

    void twice(String path, String other) {
        found(Finding.Kind.EXTRA, path, "has the number of " + other + "; not read");
    }

    private Link read(long number, String path, ReadBack readBack, Path copy) {
        ReadBack.Bytes bytes = readBack.read(path, copy);
        if (bytes == null) {
            return null; // gone since it was listed: a gap
        }
        JournalFile file = new JournalFile(copy);
        try {
            JsonNode header = file.header();
            if (header.path("customer").asText().equals(customer)
                    && header.path("target").asText().equals(target)
                    && header.path("number").asLong() == number
                    && header.path("journal").asInt() == 1) {
                return new Link(number, path, bytes.sha256(), header, file, true);
            }
            found(
                    Finding.Kind.EXTRA,
                    path,
                    "is not object " + number + " of customer " + customer + " at target " + target + " but says customer "
                            + header.path("customer").asText("?") + ", target "
                            + header.path("target").asText("?") + ", number "
                            + header.path("number").asText("?") + "; not read");
            return null;
        } catch (IOException e) {
            found(
                    Finding.Kind.ALTERED,
                    path,
                    "it cannot be read, so what it told is lost: "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
            return new Link(number, path, bytes.sha256(), null, file, false);
        }
    }

    private void gaps(List<Link> read) {
        long expected = 1;
        for (Link link : read) {
            if (link.number() > expected) {
                found(
                        Finding.Kind.MISSING,
                        customer + "/journal/",
                        "numbers " + expected + " to " + (link.number() - 1)
                                + " of the journal are not there, so what they told is lost");
            }
            expected = link.number() + 1;
        }
    }

    /** An object is proved by the next one, if that is believed; the newest by nothing but its head kept elsewhere. */
    private Link checked(Link link, Link next) {
        String said = next == null || !next.isBelieved() || next.number() != link.number() + 1 ? null : next.previous();
        boolean isFirstSaid = next != null && next.isBelieved() && next.number() == link.number() + 1 && said == null;
        if (isFirstSaid || (said != null && !said.equals(link.sha256()))) {
            if (link.isBelieved()) {
                found(
                        Finding.Kind.ALTERED,
                        link.path(),
                        "SHA-256 is " + link.sha256() + ", but object " + next.number() + " says " + said
                                + "; what it tells is not believed");
            }
            return new Link(
                    link.number(), link.path(), said == null ? link.sha256() : said, link.header(), link.file(), false);
        }
        if (link.number() == 1 && link.isBelieved() && link.previous() != null) {
            found(Finding.Kind.ALTERED, link.path(), "is the first, but says that there was one before it");
        }
        return link;
    }
}
