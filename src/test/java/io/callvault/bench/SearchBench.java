// SPDX-License-Identifier: Apache-2.0
package io.callvault.bench;

import io.callvault.ledger.Ledger;
import io.callvault.ledger.Ledgers;
import io.callvault.ledger.ListingWindow;
import io.callvault.ledger.NewRevision;
import io.callvault.ledger.Search;
import io.callvault.model.FeedPart;
import io.callvault.model.ListedRecord;
import io.callvault.model.Window;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * How long the console's search takes: a ledger of many records is made, taken in, and asked. Arguments: how many records
 * (default 1,000,000), and a directory that is empty or holds the ledger of an earlier run.
 */
public final class SearchBench {

    private static final int PAGE = 1000;
    private static final int BATCH = 500; // as the console takes them in
    private static final int TIMES = 15;
    private static final Instant BEGAN = Instant.parse("2025-03-10T00:00:00Z");
    private static final String[] FIRST = {"Ann", "Bob", "Zoë", "Carlos", "Dilek", "Erik", "Fatma", "Grace", "Hugo", "Inès"};

    private SearchBench() {}

    public static void main(String... arguments) throws IOException {
        int count = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
        Path directory = arguments.length > 1 ? Path.of(arguments[1]) : Files.createTempDirectory("search-bench");
        String url = "jdbc:sqlite:" + directory.resolve("ledger.db");
        try (Ledger ledger = Ledgers.open(url, Clock.systemUTC())) {
            if (ledger.search().find("acme", Search.Query.any(), Search.NEWEST, 1).hits().isEmpty()) {
                long began = System.nanoTime();
                fill(ledger, count);
                say("listed", began);
                began = System.nanoTime();
                while (ledger.search().index(BATCH).join() > 0) {
                    // until all are known
                }
                say("taken in", began);
            }
            ask(ledger.search());
        }
        System.out.printf(Locale.ROOT, "%s: %,d bytes%n", url, Files.size(directory.resolve("ledger.db")));
    }

    private static void fill(Ledger ledger, int count) {
        Random random = new Random(1);
        FeedPart calls = FeedPart.whole("acme", "calls");
        ListingWindow window =
                ledger.openWindow(calls, new Window(BEGAN, BEGAN.plus(Duration.ofDays(365))), BEGAN).join();
        long step = Duration.ofDays(365).toMillis() / count;
        for (int done = 0; done < count; done += PAGE) {
            List<NewRevision> page = new ArrayList<>();
            for (int i = done; i < Math.min(count, done + PAGE); i++) {
                page.add(call(i, BEGAN.plusMillis(step * i), random));
            }
            ledger.keepPage(window, page, page.size(), "more", BEGAN).join();
        }
    }

    /** Half of all have one number of the company; a hundred thousand callers, some of whom call often. */
    private static NewRevision call(int i, Instant at, Random random) {
        boolean isInbound = random.nextInt(10) < 6;
        int caller = (int) Math.min(99_999, Math.abs(random.nextGaussian()) * 30_000);
        String number = "+1" + (5_100_000_000L + caller * 7_919L % 4_000_000_000L);
        String name = FIRST[caller % FIRST.length] + " Caller" + caller;
        String own = random.nextBoolean() ? "+14155550100" : "+1415555" + (1000 + random.nextInt(500));
        String kind = random.nextInt(200) == 0 ? "Fax" : "Voice";
        String id = "c" + i;
        ListedRecord record = new ListedRecord(
                id, kind, at, String.valueOf(101 + random.nextInt(200)), isInbound ? "inbound" : "outbound",
                isInbound ? number : own, isInbound ? name : "Example Co", isInbound ? own : number,
                isInbound ? "Example Co" : name, true, "{\"id\":\"" + id + "\"}", List.of(), null);
        return new NewRevision(record, String.format(Locale.ROOT, "%064x", i), null, Map.of(), "heavy");
    }

    private static void ask(Search search) {
        Instant from = BEGAN.plus(Duration.ofDays(100));
        Map<String, Search.Query> questions = new LinkedHashMap<>();
        questions.put("the newest", Search.Query.any());
        questions.put("a whole number", text("+15100007919"));
        questions.put("the company's number, half of all", text("4155550100"));
        questions.put("last four digits", text("7919"));
        questions.put("last three digits", text("919"));
        questions.put("beginning of a number, all callers", text("+151"));
        questions.put("a name", text("zoe caller12342"));
        questions.put("beginning of a name, a tenth of all", text("gra"));
        questions.put("nobody's number", text("0000000000"));
        questions.put("extension and day", new Search.Query("", "150", "", "", from, from.plus(Duration.ofDays(1))));
        questions.put("faxes that came in", new Search.Query("", "", "inbound", "fax", null, null));
        questions.put("a name, outbound, faxes", new Search.Query("hugo", "", "outbound", "fax", null, null));
        questions.put("two that are common", text("caller 415555"));
        List<Double> medians = new ArrayList<>();
        questions.forEach((name, query) -> medians.add(median(search, name, query)));
        medians.sort(null);
        System.out.printf(Locale.ROOT, "median of the medians %.1f ms, slowest %.1f ms%n",
                medians.get(medians.size() / 2), medians.get(medians.size() - 1));
    }

    private static Search.Query text(String text) {
        return new Search.Query(text, "", "", "", null, null);
    }

    private static double median(Search search, String name, Search.Query query) {
        double[] took = new double[TIMES];
        Search.Found found = null;
        for (int i = 0; i < TIMES; i++) {
            long began = System.nanoTime();
            found = search.find("acme", query, Search.NEWEST, 50);
            took[i] = (System.nanoTime() - began) / 1e6;
        }
        Arrays.sort(took);
        System.out.printf(Locale.ROOT, "%-40s %8.1f ms median, %8.1f ms worst, %2d found%s%n",
                name, took[TIMES / 2], took[TIMES - 1], found.hits().size(), found.isCut() ? ", cut" : "");
        return took[TIMES / 2];
    }

    private static void say(String what, long began) {
        System.out.printf(Locale.ROOT, "%s in %.1f s%n", what, (System.nanoTime() - began) / 1e9);
    }
}
