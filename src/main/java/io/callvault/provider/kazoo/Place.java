// SPDX-License-Identifier: Apache-2.0
package io.callvault.provider.kazoo;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The account that something is of. Kazoo's ids are unique in an account; who calls can choose a part of a call detail
 * record's. So ids of sub-accounts are kept with the account before them.
 *
 * @param own the customer's own account
 * @param account the account
 */
record Place(String own, String account) {

    private static final String USERS = "users/";
    private static final Pattern OF_OTHER = Pattern.compile("([0-9a-f]{32})/.+", Pattern.DOTALL);

    /** Of a part that is listed: an account, or {@code users/<id>} of the own one; empty is the own account. */
    static Place ofPart(String own, String part) {
        return new Place(own, part.isEmpty() || part.startsWith(USERS) ? own : part);
    }

    /** Of a record that was kept. */
    static Place ofRecord(String own, String recordId) {
        Matcher other = OF_OTHER.matcher(recordId == null ? "" : recordId);
        return new Place(own, other.matches() ? other.group(1) : own);
    }

    /** The part that stands for one of the own account's users. */
    static String ofUser(String user) {
        return USERS + user;
    }

    /** What a part's lists stand under. */
    String path(String part) {
        return path() + (part.startsWith(USERS) ? "/" + part : "");
    }

    String path() {
        return "/v2/accounts/" + Address.encode(account);
    }

    /** An id of Kazoo's as it is kept. */
    String id(String id) {
        return account.equals(own) ? id : account + "/" + id;
    }
}
