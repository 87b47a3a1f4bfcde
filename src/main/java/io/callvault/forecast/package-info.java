// SPDX-License-Identifier: Apache-2.0
/** Whether the request budget is enough, and what is lost when it is not. Pure calculation: knows nothing but numbers. */
package io.callvault.forecast;
