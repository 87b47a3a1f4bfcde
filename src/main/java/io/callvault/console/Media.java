// SPDX-License-Identifier: Apache-2.0
package io.callvault.console;

import io.callvault.error.ArchiveException;
import io.callvault.ledger.Views;
import io.callvault.model.ItemKey;
import io.callvault.store.Store;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives an item's bytes, whole or in part, from the first of its targets that has them. Never from the provider. */
final class Media {

    private static final Logger LOG = LoggerFactory.getLogger(Media.class);

    /** What browsers show or play without running it. Everything else is given as a download. */
    private static final Set<String> SHOWN = Set.of(
            "audio/mpeg", "audio/wav", "audio/x-wav", "audio/ogg", "audio/mp4", "audio/aac", "audio/flac", "video/mp4",
            "application/pdf", "image/png", "image/jpeg", "image/gif", "image/webp");

    private static final int STORED = 200;

    private final Desk desk;
    private final Played played;

    Media(Desk desk) {
        this.desk = desk;
        this.played = new Played(desk.ledger(), desk.clock());
    }

    /** What a browser may be told that it is. */
    static String type(String type) {
        String plain = type == null ? "" : type.split(";")[0].strip().toLowerCase(Locale.ROOT);
        return SHOWN.contains(plain) ? plain : "application/octet-stream";
    }

    static boolean isShown(String type) {
        return !type(type).equals("application/octet-stream");
    }

    /**
     * @param name of the item
     * @param who asks; null when nobody need say
     */
    Reply get(Ask ask, String customer, String name, String who) {
        Views.Item item = desk.ledger().views().items(customer, List.of(name)).stream()
                .findFirst()
                .orElseThrow(() -> Refusal.notFound("There is no such item."));
        List<String> order = desk.configuration().customers().get(customer).targets();
        List<Views.ItemReceipt> receipts = desk.ledger().views().receipts(customer, name).stream()
                .filter(each -> each.state().equals("stored") && order.contains(each.target()))
                .sorted(Comparator.comparingInt(each -> order.indexOf(each.target())))
                .toList();
        if (receipts.isEmpty()) {
            throw Refusal.notFound("It is not stored yet.");
        }
        Reply reply = first(ask, receipts);
        if (reply.status() <= 206 && !ask.method().equals("HEAD")) {
            played.tell(new ItemKey(customer, name), item.feed(), item.recordId(), who, ask.address());
        }
        return reply.with("Content-Type", type(item.type()))
                .with("Content-Disposition", disposition(ask, item, receipts.get(0).path()))
                .with("Accept-Ranges", "bytes")
                .with("Cache-Control", "private, no-cache")
                .with("ETag", tag(receipts.get(0)));
    }

    private Reply first(Ask ask, List<Views.ItemReceipt> receipts) {
        RuntimeException last = null;
        for (Views.ItemReceipt receipt : receipts) {
            try {
                return part(ask, receipt, desk.stores().apply(receipt.target()));
            } catch (ArchiveException | UncheckedIOException e) {
                LOG.warn("The console could not read {} at target {}: {}", receipt.path(), receipt.target(), e.getMessage());
                last = e;
            }
        }
        throw new Refusal(502, "None of its targets could give it just now: " + last.getMessage());
    }

    private Reply part(Ask ask, Views.ItemReceipt receipt, Store store) {
        String tag = tag(receipt);
        if (tag.equals(ask.header("if-none-match"))) {
            return Reply.nothing(304);
        }
        long length = receipt.length();
        String expected = ask.header("if-range");
        Range range = expected == null || expected.equals(tag) ? Range.of(ask.header("range"), length) : null;
        if (range != null && range.isOutside()) {
            return Reply.nothing(416).with("Content-Range", "bytes */" + length);
        }
        if (range != null) {
            // Less than was asked for is allowed, and browsers go on: RFC 9110, section 15.3.7.
            Range given = range.atMost(Slices.SLICE);
            return Reply.bytes(206, "", bytes(receipt, store, given))
                    .with("Content-Range", "bytes " + given.from() + "-" + given.to() + "/" + length);
        }
        return length <= Slices.SLICE
                ? Reply.bytes(STORED, "", bytes(receipt, store, new Range(0, length - 1)))
                : Reply.stream(new Slices(store, receipt.path(), 0, length, desk.directory()));
    }

    private byte[] bytes(Views.ItemReceipt receipt, Store store, Range range) {
        try (InputStream slices =
                new Slices(store, receipt.path(), range.from(), range.length(), desk.directory())) {
            return slices.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String tag(Views.ItemReceipt receipt) {
        return '"' + receipt.sha256() + '"';
    }

    /** The name is Callvault's own, cleaned already; other letters than ASCII go as RFC 8187 says. */
    private static String disposition(Ask ask, Views.Item item, String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        String plain = name.replaceAll("[^A-Za-z0-9._+-]", "_");
        String how = ask.query().containsKey("download") || !isShown(item.type()) ? "attachment" : "inline";
        return how + "; filename=\"" + plain + "\"; filename*=UTF-8''" + encoded(name);
    }

    private static String encoded(String name) {
        StringBuilder encoded = new StringBuilder();
        for (byte each : name.getBytes(StandardCharsets.UTF_8)) {
            char letter = (char) (each & 0xff);
            boolean isPlain = letter < 128 && (Character.isLetterOrDigit(letter) || "._-".indexOf(letter) >= 0);
            encoded.append(isPlain ? String.valueOf(letter) : String.format(Locale.ROOT, "%%%02X", each & 0xff));
        }
        return encoded.toString();
    }
}
