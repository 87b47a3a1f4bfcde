// SPDX-License-Identifier: Apache-2.0
package io.callvault.provider;

import java.util.ArrayList;
import java.util.List;

/**
 * An item that is archived and that the provider may give up.
 *
 * @param item see {@link io.callvault.model.ItemKey#item()}
 * @param recordId the record that first named it
 * @param extension its record's; null when it has none
 * @param uri where the provider serves it; null when that is not known
 */
public record Removable(String item, String recordId, String extension, String uri) {

    /** The provider's id without the kind. */
    public String id() {
        return item.substring(item.indexOf('/') + 1);
    }

    /** In lists of at most so many, in their order. */
    public static List<List<Removable>> lists(List<Removable> things, int most) {
        List<List<Removable>> lists = new ArrayList<>();
        for (int i = 0; i < things.size(); i += most) {
            lists.add(List.copyOf(things.subList(i, Math.min(things.size(), i + most))));
        }
        return lists;
    }
}
