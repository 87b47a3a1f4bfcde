// SPDX-License-Identifier: Apache-2.0
package io.callvault.provider.kazoo;

import io.callvault.model.Part;
import io.callvault.model.PartsPage;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Which accounts a customer's feeds are listed by. The token of an account may act on every account below it. */
final class Accounts {

    private static final String SELF = "self";
    private static final String CHILDREN = "children";
    private static final String DESCENDANTS = "descendants";

    private Accounts() {}

    /** All of them, when the settings say; null when the provider must be asked. */
    static List<Part> known(KazooAccount account, boolean areRecordings) {
        if (areRecordings && !account.users().isEmpty()) {
            return account.users().stream().map(user -> part(Place.ofUser(user))).toList();
        }
        if (account.accounts().equals(List.of(SELF))) {
            return List.of(part(""));
        }
        return list(account) == null ? named(account) : null;
    }

    /** Path and query of the first page of the list of accounts. */
    static String firstPage(KazooAccount account) {
        return new Place(account.id(), account.id()).path() + "/" + list(account) + "?page_size=" + Rows.PER_PAGE
                + "&is_chunked=false";
    }

    /** The list is without the account itself. */
    static PartsPage read(KazooAccount account, String address, byte[] body) {
        Rows page = Rows.of(account.customer(), body, "accounts");
        List<Part> parts = new ArrayList<>();
        if (Address.parameter(address, "start_key") == null) {
            parts.add(part(account.id()));
            parts.addAll(named(account));
        }
        for (String raw : page.rows()) {
            String id = Row.of(raw).text("id");
            if (id != null) {
                parts.add(part(id));
            }
        }
        return new PartsPage(parts, page.next(address), null);
    }

    private static List<Part> named(KazooAccount account) {
        return account.accounts().stream()
                .filter(word -> !word.equals(CHILDREN) && !word.equals(DESCENDANTS))
                .map(word -> part(word.equals(SELF) ? account.id() : word))
                .toList();
    }

    private static String list(KazooAccount account) {
        if (account.accounts().contains(DESCENDANTS)) {
            return DESCENDANTS;
        }
        return account.accounts().contains(CHILDREN) ? CHILDREN : null;
    }

    /** Every refusal of one means that something may be there. */
    private static Part part(String id) {
        return new Part(id, Set.of());
    }
}
