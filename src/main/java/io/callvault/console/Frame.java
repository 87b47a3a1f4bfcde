// SPDX-License-Identifier: Apache-2.0
package io.callvault.console;

import java.util.List;

/**
 * What every page has around it.
 *
 * @param title of the page
 * @param section which of the links is the page's own; empty for none
 * @param customer whose page it is; null for none
 * @param customers that may be seen
 * @param user who is signed in; null when the console asks nobody
 * @param token goes with every form
 */
public record Frame(
        String title, String section, String customer, List<String> customers, String user, String token) {

    /** The path of one of the customer's pages. */
    public String path(String page) {
        return "/customers/" + customer + (page.isEmpty() ? "" : "/" + page);
    }

    /** For {@code aria-current}; null leaves the attribute out. */
    public String current(String section) {
        return section.equals(this.section) ? "page" : null;
    }
}
