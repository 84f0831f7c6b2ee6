package cn.tiaoxi.platform.duplicate;

import cn.tiaoxi.platform.city.City;
import cn.tiaoxi.platform.city.CityException;
import cn.tiaoxi.platform.city.CityFolder;
import cn.tiaoxi.platform.city.Organisation;
import cn.tiaoxi.platform.city.Organisations;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Reads the city's synonyms; a city without {@code synonyms.yaml} has none. */
@Configuration
class DuplicateConfiguration {
    private static final String FILE = "synonyms.yaml";
    private static final Pattern RANK = Pattern.compile("(?<=..)(省|市|区|县|镇|乡|街道|新区)$");

    @Bean
    Synonyms synonyms(CityFolder folder, City city, Organisations organisations) {
        List<String> places = new ArrayList<>();
        place(places, city.name().zh());
        for (Organisation each : organisations.all()) {
            switch (each.kind()) {
                case CITY, COUNTY, TOWN -> place(places, each.name().zh());
                case OFFICE, ENTERPRISE -> {}
            }
        }
        Synonyms.Table table =
                Files.exists(folder.path(FILE))
                        ? folder.read(FILE, Synonyms.Table.class)
                        : new Synonyms.Table(List.of(), List.of(), List.of());
        try {
            return new Synonyms(table, places);
        } catch (IllegalArgumentException e) {
            throw CityException.wrong(folder.path(FILE), String.valueOf(e.getMessage()));
        }
    }

    /** A place is named with its rank and without: 吴兴区, 吴兴. */
    private static void place(List<String> places, String name) {
        places.add(name);
        places.add(RANK.matcher(name).replaceFirst(""));
    }
}
