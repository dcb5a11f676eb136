package fr.pennylanesync.sandbox.writing;

import java.util.List;

/** The vocabulary of the made-up companies. */
public final class Words {

    public static final List<String> FIRST_NAMES = List.of("Camille", "Léa", "Chloé", "Inès", "Zoé", "Maëlys", "Anaïs",
            "Jeanne", "Aïcha", "Noémie", "Hugo", "Jules", "Raphaël", "Gaël", "Benoît", "Loïc", "Théo", "François",
            "Mohamed", "Étienne", "Jérôme", "Yann", "Oumar", "Clément");
    public static final List<String> LAST_NAMES = List.of("Martin", "Bernard", "Lefèvre", "Dubois", "Moreau", "N'Guyen",
            "Garnier", "Chevalier", "Le Goff", "D'Almeida", "Benali", "Rousseau", "Fontaine", "Gauthier", "Perrin",
            "Diallo", "Mercier", "Brunet", "Guérin", "Lemaître", "O'Connor", "Schneider", "Besançon", "Cœur");
    public static final List<String> TRADES = List.of("Boulangerie", "Menuiserie", "Imprimerie", "Atelier", "Studio",
            "Cabinet", "Transports", "Maison", "Garage", "Pépinière", "Brasserie", "Librairie", "Clinique",
            "Électricité", "Bureau d'études", "Domaine");
    public static final List<String> BRANDS = List.of("Horizon", "du Vieux Port", "de l'Étoile", "Nova", "Saint-Éloi",
            "Bleu Océan", "des Alpes", "L'Écume", "Quatre Vents", "Lumière", "de la Garonne", "Trèfle", "Cobalt",
            "des Deux Rives", "Pixel", "Ardoise");
    public static final List<String> FORMS = List.of("SARL", "SAS", "SASU", "EURL", "SCOP", "SA");
    public static final List<String> STREETS = List.of("rue de la République", "avenue Jean-Jaurès",
            "boulevard Voltaire", "place de l'Église", "chemin des Vignes", "quai Saint-Antoine", "impasse du Moulin",
            "allée des Tilleuls", "rue du Faubourg-d'Amiens");
    public static final List<String> CITIES = List.of("75011 Paris", "69002 Lyon", "13006 Marseille", "31000 Toulouse",
            "44000 Nantes", "67000 Strasbourg", "33000 Bordeaux", "59800 Lille", "35000 Rennes", "27000 Évreux",
            "42000 Saint-Étienne", "97400 Saint-Denis");
    public static final List<String> SERVICES = List.of("Conseil en organisation", "Développement d'application",
            "Maintenance annuelle", "Formation des équipes", "Audit énergétique", "Création d'identité visuelle",
            "Hébergement et supervision", "Étude de faisabilité", "Rédaction technique", "Pose et réglages");
    public static final List<String> GOODS = List.of("Table en chêne massif", "Écran 27 pouces", "Café en grains 1 kg",
            "Lot de 500 flyers", "Vélo de ville", "Étagère modulable", "Câble réseau 10 m", "Bouteille isotherme",
            "Casque anti-bruit", "Pâte à papier");
    public static final List<String> UNITS = List.of("piece", "hour", "day", "kg", "");
    public static final List<String> EXPENSES = List.of("Fournitures de bureau", "Location de véhicule",
            "Abonnement logiciel", "Électricité du site", "Billets de train", "Prestation de nettoyage",
            "Assurance multirisque", "Télécommunications", "Matières premières", "Honoraires d'avocat");
    public static final List<String> BANKS = List.of("Banque des Deux Rives", "Crédit Régional", "Caisse Coopérative",
            "Néobanque Pro");
    public static final List<String> ROLES = List.of("Comptable", "Gérante", "Responsable achats",
            "Directeur financier");

    private Words() {}
}
