package cn.tiaoxi.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The plain way to find duplicates: the cosine of the titles' pairs of characters, nothing else.
 */
final class TitleCosine {
    private static final int MOST = 5;

    private final List<Set<String>> titles = new ArrayList<>();

    TitleCosine(List<CityOfApplications.Application> applications) {
        applications.forEach(a -> titles.add(pairs(a.title())));
    }

    private static Set<String> pairs(String title) {
        Set<String> pairs = new HashSet<>();
        for (int i = 0; i + 1 < title.length(); i++) {
            pairs.add(title.substring(i, i + 2));
        }
        return pairs;
    }

    List<DuplicateTrial.Found> nearest(CityOfApplications.Application proposal) {
        Set<String> wanted = pairs(proposal.title());
        List<DuplicateTrial.Found> all = new ArrayList<>();
        for (int i = 0; i < titles.size(); i++) {
            int shared = 0;
            for (String pair : wanted) {
                shared += titles.get(i).contains(pair) ? 1 : 0;
            }
            if (shared > 0) {
                double cosine = shared / Math.sqrt((double) wanted.size() * titles.get(i).size());
                all.add(new DuplicateTrial.Found(i, cosine));
            }
        }
        all.sort(Comparator.comparingDouble(DuplicateTrial.Found::score).reversed());
        return all.subList(0, Math.min(MOST, all.size()));
    }
}
